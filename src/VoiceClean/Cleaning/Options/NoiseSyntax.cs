using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Cleaning.Options;

/// <summary>What one word says about where the noise is learnt; null where it says nothing.</summary>
internal sealed record NoiseWord(
    NoiseSource Source,
    TimeSpan? HeadLength = null,
    TimeSpan? RangeStart = null,
    TimeSpan? RangeEnd = null,
    string? FilePath = null)
{
    /// <summary>The word for a set of options; null if none says it: a range must rise, a file have a name.</summary>
    public static NoiseWord? Of(EstimateNoiseOptions options) => options.Source switch
    {
        NoiseSource.Head => new(NoiseSource.Head, options.HeadLength),
        NoiseSource.Range when options.RangeStart < options.RangeEnd =>
            new(NoiseSource.Range, null, options.RangeStart, options.RangeEnd),
        NoiseSource.File when !string.IsNullOrEmpty(options.FilePath) =>
            new(NoiseSource.File, FilePath: options.FilePath),
        NoiseSource.Auto or NoiseSource.Off => new(options.Source),
        _ => null,
    };

    /// <summary>Lays what the word says over <paramref name="options"/>.</summary>
    public EstimateNoiseOptions Over(EstimateNoiseOptions options) => options with
    {
        Source = Source,
        HeadLength = HeadLength ?? options.HeadLength,
        RangeStart = RangeStart ?? options.RangeStart,
        RangeEnd = RangeEnd ?? options.RangeEnd,
        FilePath = FilePath ?? options.FilePath,
    };
}

/// <summary>
/// Where the noise is learnt, in one word: "auto", "off", "head", "head:0.5s", "range:1.2s-1.9s", "file:PATH".
/// </summary>
internal sealed class NoiseSyntax : ValueSyntax<NoiseWord>
{
    private static readonly DurationSyntax Head = new(EstimateNoiseOptions.HeadLengthRange);
    private static readonly DurationSyntax End = new(EstimateNoiseOptions.RangeEndRange);

    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Text;

    /// <inheritdoc/>
    public override string Expectation => "auto, head, head:0.5s, range:1.2s-1.9s, file:PATH or off";

    /// <inheritdoc/>
    public override bool TryParse(string text, out NoiseWord value)
    {
        string[] halves = text.Split(':', 2);
        string rest = halves.Length == 2 ? halves[1] : "";
        string[] ends = rest.Split('-');
        TimeSpan start = default, end = default;
        NoiseWord? parsed = halves[0] switch
        {
            "auto" when halves.Length == 1 => new(NoiseSource.Auto),
            "off" when halves.Length == 1 => new(NoiseSource.Off),
            "head" when halves.Length == 1 => new(NoiseSource.Head),
            "head" when Head.TryParse(rest, out end) => new(NoiseSource.Head, end),
            "range" when ends.Length == 2
                && End.TryParse(ends[0], out start)
                && End.TryParse(ends[1], out end)
                && start < end => new(NoiseSource.Range, null, start, end),
            "file" when rest.Length > 0 => new(NoiseSource.File, FilePath: rest),
            _ => null,
        };
        value = parsed ?? new(NoiseSource.Auto);
        return parsed is not null;
    }

    /// <inheritdoc/>
    public override string Format(NoiseWord value) => value.Source switch
    {
        NoiseSource.Head when value.HeadLength is { } length => $"head:{Head.Format(length)}",
        NoiseSource.Head => "head",
        NoiseSource.Range => $"range:{End.Format(value.RangeStart ?? default)}-{End.Format(value.RangeEnd ?? default)}",
        NoiseSource.File => $"file:{value.FilePath}",
        NoiseSource.Off => "off",
        _ => "auto",
    };
}
