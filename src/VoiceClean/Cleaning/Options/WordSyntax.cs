namespace VoiceClean.Cleaning.Options;

/// <summary>One of a few words.</summary>
/// <param name="words">Each word with its value; a value's first word is the one that is shown.</param>
internal sealed class ChoiceSyntax<TValue>(params (string Word, TValue Value)[] words) : ValueSyntax<TValue>
{
    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Choice;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words { get; } = [.. words.DistinctBy(w => w.Value).Select(w => w.Word)];

    /// <inheritdoc/>
    public override string Expectation => $"one of {string.Join(", ", Words)}";

    /// <inheritdoc/>
    public override bool TryParse(string text, out TValue value)
    {
        int index = Array.FindIndex(words, w => string.Equals(w.Word, text, StringComparison.OrdinalIgnoreCase));
        value = index < 0 ? words[0].Value : words[index].Value;
        return index >= 0;
    }

    /// <inheritdoc/>
    public override string Format(TValue value)
        => Array.Find(words, w => EqualityComparer<TValue>.Default.Equals(w.Value, value)).Word
            ?? value?.ToString()
            ?? "";
}

/// <summary>On or off.</summary>
internal sealed class SwitchSyntax : ValueSyntax<bool>
{
    private static readonly string[] On = ["true", "1", "yes", "on"];
    private static readonly string[] Off = ["false", "0", "no", "off"];

    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Switch;

    /// <inheritdoc/>
    public override string Expectation => "true or false (1, 0, yes, no, on, off mean the same)";

    /// <inheritdoc/>
    public override bool TryParse(string text, out bool value)
    {
        value = On.Contains(text, StringComparer.OrdinalIgnoreCase);
        return value || Off.Contains(text, StringComparer.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override string Format(bool value) => value ? "true" : "false";
}

/// <summary>Names, comma-separated.</summary>
internal sealed class ListSyntax : ValueSyntax<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.List;

    /// <inheritdoc/>
    public override string Expectation => "names, comma-separated";

    /// <inheritdoc/>
    public override bool TryParse(string text, out IReadOnlyList<string> value)
    {
        value = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return value.Count > 0 || text.Length == 0;      // an empty list is that of a report's echo
    }

    /// <inheritdoc/>
    public override string Format(IReadOnlyList<string> value) => string.Join(',', value);
}

/// <summary>A text in a form of its own.</summary>
/// <param name="kind">Text or path.</param>
/// <param name="expectation">What the text must be.</param>
/// <param name="isGood">Whether a text is; null = whatever is not blank.</param>
internal sealed class TextSyntax(OptionKind kind, string expectation, Predicate<string>? isGood = null)
    : ValueSyntax<string>
{
    /// <inheritdoc/>
    public override OptionKind Kind => kind;

    /// <inheritdoc/>
    public override string Expectation => expectation;

    /// <inheritdoc/>
    public override bool TryParse(string text, out string value)
    {
        value = text;
        return !string.IsNullOrWhiteSpace(text) && isGood?.Invoke(text) != false;
    }

    /// <inheritdoc/>
    public override string Format(string value) => value;
}

/// <summary>A value, or a word such as "off" for none.</summary>
internal sealed class OrWordSyntax<TValue>(ValueSyntax<TValue> inner, string word = "off") : ValueSyntax<TValue?>
    where TValue : struct
{
    /// <inheritdoc/>
    public override OptionKind Kind => inner.Kind;

    /// <inheritdoc/>
    public override string Unit => inner.Unit;

    /// <inheritdoc/>
    public override double? Minimum => inner.Minimum;

    /// <inheritdoc/>
    public override double? Maximum => inner.Maximum;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words { get; } = [word];

    /// <inheritdoc/>
    public override string Expectation => $"{inner.Expectation}, or {word}";

    /// <inheritdoc/>
    public override bool TryParse(string text, out TValue? value)
    {
        bool isValue = inner.TryParse(text, out TValue parsed);
        value = isValue ? parsed : null;
        return isValue || string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public override string Format(TValue? value) => value is { } v ? inner.Format(v) : word;
}
