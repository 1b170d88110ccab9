using System.Text.Json.Nodes;
using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Reporting;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Web.Studio;

/// <summary>A render as the page is told about it.</summary>
internal static class RenderJson
{
    /// <summary>The longest stretch of a preview [s].</summary>
    public const double MostWindowSeconds = 60;

    /// <summary>All there is to say.</summary>
    /// <param name="clip">The recording.</param>
    /// <param name="render">What was made of it.</param>
    public static JsonObject Of(StudioClip clip, StudioRender render)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(render);
        double rate = render.Input.SampleRate;
        var kept = new FigureList();
        kept.Add("kept_s", render.Kept, render.Input.SampleRate);
        return new JsonObject
        {
            ["render"] = render.Id,
            ["exact"] = render.IsExact,
            ["ms"] = StudioJson.Figure(render.Milliseconds, 1),
            ["window"] = new JsonObject
            {
                ["start_s"] = render.Range.Start / rate,
                ["length_s"] = render.Range.Length / rate,
            },
            ["sample_rate_hz"] = render.Input.SampleRate,
            ["same_input"] = ReferenceEquals(render.Input, clip.Input),
            ["command"] = CommandOf(clip.File.Path, render.Options),
            ["report"] = ReportOf(render),
            ["noise"] = ClipEndpoints.NoiseJson(render.Findings.TryGet<NoiseProfile>()),
            ["kept_s"] = kept.Json["kept_s"]!.DeepClone(),
            ["removed_s"] = StudioJson.Figure(
                (render.Input.Samples.Length - render.Kept.Sum(r => (double)r.Length)) / rate),
            ["gain_db"] = StudioJson.Figure(render.GainDb),
            ["match_db"] = new JsonObject
            {
                ["before"] = StudioJson.Figure(render.Match.BeforeDb),
                ["residue"] = StudioJson.Figure(render.Match.ResidueDb),
            },
            ["curves"] = render.Whole is null ? null : RenderCurves.Of(render, clip.Loudness.Of(render.Input)),
        };
    }

    /// <summary>The command that writes the same file, for a POSIX shell.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="options">What is done to it.</param>
    public static string CommandOf(string path, CleaningOptions options)
    {
        // A name that is one word of a command, or begins like an option, is a file with a folder before it.
        bool isPlain = path.Contains('/', StringComparison.Ordinal)
            || (path.Contains('.', StringComparison.Ordinal) && path[0] is not ('-' or '['));
        return ShellWords.Join(
            ["voiceclean", isPlain ? path : "./" + path, "out.wav", .. OptionTable.Cleaning.ToArguments(options)]);
    }

    private static JsonObject ReportOf(StudioRender render)
    {
        if (render.Report is { } report)
        {
            JsonObject all = JsonNode.Parse(ReportJson.ToLine(report))!.AsObject();
            return new JsonObject
            {
                ["process"] = all["process"]?.DeepClone(),
                ["after"] = all["after"]?.DeepClone(),
                ["warnings"] = all["warnings"]?.DeepClone(),
            };
        }

        var process = new FigureList();
        foreach (IReportedFinding finding in render.Findings.Reported)
        {
            finding.Report(process);
        }

        return new JsonObject
        {
            ["process"] = process.Json,
            ["after"] = null,
            ["warnings"] = new JsonArray([.. render.Warnings.Select(w =>
                (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]),
        };
    }
}
