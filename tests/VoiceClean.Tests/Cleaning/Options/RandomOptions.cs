using CsCheck;
using VoiceClean.Cleaning.Options;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cleaning.Options.CleaningOptions>;

namespace VoiceClean.Tests.Cleaning.Options;

/// <summary>Sets of options as anybody may choose them: any row with any value it takes, several of them.</summary>
internal static class RandomOptions
{
    private static readonly OptionTable<CleaningOptions> Table = OptionTable.Cleaning;

    // What refuses most recordings, and what decides how they are read.
    private static readonly string[] Refusing =
        ["track", "min-snr", "min-speech", "max-clipped", "max-duration", "noise-file-path"];

    private static readonly string[] Reading = ["rate", "channel"];

    /// <summary>Any options.</summary>
    /// <param name="rounded">What is done to numbers; null = nothing.</param>
    public static Gen<CleaningOptions> Any(Func<double, double>? rounded = null) =>
        Of([.. Table.Rows], 12, rounded ?? (v => v));

    /// <summary>Options of cleaning one recording that change what comes out.</summary>
    /// <param name="withReading">Also those that read it another way.</param>
    public static Gen<CleaningOptions> OfCleaning(bool withReading = false) => Of(
        [
            .. Table.Rows.Where(r => (r.Scope & OptionScope.Clean) != OptionScope.None
                && !r.Key.StartsWith("limits.", StringComparison.Ordinal)
                && !Refusing.Contains(r.Name)
                && (withReading || !Reading.Contains(r.Name))),
        ],
        5,
        v => Math.Round(v, 6))
        .Where(o => o.Noise is { FilePath: null, Source: not VoiceClean.Stages.EstimateNoise.NoiseSource.File });

    private static Gen<CleaningOptions> Of(Row[] rows, int most, Func<double, double> rounded) =>
        (from index in Gen.Int[0, rows.Length - 1]
         from text in ValueOf(rows[index], rounded)
         select (Row: rows[index], Text: text)).Array[0, most]
        .Select(settings => settings.Aggregate(Table.Defaults, (o, s) => s.Row.Set(o, s.Text)));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> ValueOf(Row row, Func<double, double> rounded)
    {
        Gen<string> number = Gen.Double[row.Minimum ?? 0, row.Maximum ?? 1]
            .Select(rounded)
            .Select(v => row.Kind == OptionKind.Duration
                ? FormattableString.Invariant($"{Math.Clamp(Math.Round(v, 7), row.Minimum ?? 0, row.Maximum ?? 1):F7}")
                : FormattableString.Invariant($"{v:R}"));
        return row switch
        {
            { Name: "noise" } => OneOf("auto", "off", "head", "head:0.25s", "range:1.2s-1.9s", "file:n-1.wav"),
            { Name: "stages" } => OneOf("estimate-noise,spectral-gate", "high-pass", "strip-silence"),
            { Kind: OptionKind.Switch } => OneOf("true", "false"),
            { Kind: OptionKind.Choice } => OneOf([.. row.Words]),
            { Kind: OptionKind.Path or OptionKind.Text } => OneOf("a.wav", "b c.wav"),
            { Unit: "Hz", Name: not "high-pass-cutoff-hz" } or { Name: "limits-max-channels" } =>
                Gen.Int[(int)row.Minimum!, (int)row.Maximum!].Select(v => FormattableString.Invariant($"{v}")),
            { Name: "track" } => OneOf("speech", "1", "99"),
            { Words.Count: > 0 } => Gen.OneOf(number, Gen.Const("off")),
            _ => number,
        };
    }
}
