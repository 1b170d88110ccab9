namespace VoiceClean.Datasets.Lists;

/// <summary>What a list says about one clip, as the trainer reads it.</summary>
/// <param name="List">The list.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Path">As written.</param>
/// <param name="Language">As written; null = not in this format.</param>
/// <param name="Text">As the trainer has it; may be empty.</param>
/// <param name="Facts">What is wrong with it, by the names of measures.</param>
internal sealed record ListLine(
    string List,
    int Line,
    string Path,
    string? Language,
    string Text,
    IReadOnlyList<string> Facts);

/// <summary>A list as the trainer reads it.</summary>
internal sealed record ParsedList
{
    /// <summary>Its file name.</summary>
    public required string Name { get; init; }

    /// <summary>What is wrong with all of it, by the names of measures.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>Lines that name a clip.</summary>
    public IReadOnlyList<ListLine> Lines { get; init; } = [];

    /// <summary>Lines that cannot be read, from 1.</summary>
    public IReadOnlyList<int> BadLines { get; init; } = [];
}
