namespace VoiceClean.Formats;

/// <summary>A container that a decoder reads, and how its files are called.</summary>
/// <param name="Container">Lower case, as readers report it: "flac", "m4a".</param>
/// <param name="Extensions">Lower case without dot. They say "recording": in a folder a file that has one is an input
/// even if nothing can be read from it; it then fails with a reason instead of vanishing without a word.</param>
public sealed record FileFormat(string Container, params IReadOnlyList<string> Extensions)
{
    /// <summary>
    /// Further extensions that do not contradict the container, because others use them too or because they promise a
    /// film; in a folder such files are found by their content alone.
    /// </summary>
    public IReadOnlyList<string> OtherExtensions { get; init; } = [];
}
