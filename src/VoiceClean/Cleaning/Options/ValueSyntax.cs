namespace VoiceClean.Cleaning.Options;

/// <summary>How the value of an option is written: read from text, shown as text, and described.</summary>
/// <remarks>
/// Text is read and written invariantly; what <see cref="Format"/> writes, <see cref="TryParse"/> reads back to the
/// same value.
/// </remarks>
/// <typeparam name="TValue">The value.</typeparam>
internal abstract class ValueSyntax<TValue>
{
    /// <summary>What kind of value it is.</summary>
    public abstract OptionKind Kind { get; }

    /// <summary>Unit of a bare number; empty if it has none.</summary>
    public virtual string Unit => "";

    /// <summary>The least value in <see cref="Unit"/>; null where there is none.</summary>
    public virtual double? Minimum => null;

    /// <summary>The greatest value in <see cref="Unit"/>; null where there is none.</summary>
    public virtual double? Maximum => null;

    /// <summary>The words that are understood; empty if any text may be good.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>What a value must be, to stand behind "must be": "a number between 0 and 1".</summary>
    public abstract string Expectation { get; }

    /// <summary>Reads a value; false if the text is none or lies outside the range.</summary>
    public abstract bool TryParse(string text, out TValue value);

    /// <summary>The value as text.</summary>
    public abstract string Format(TValue value);
}
