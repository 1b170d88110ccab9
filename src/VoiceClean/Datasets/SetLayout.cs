using System.Text.Json;
using System.Text;
using VoiceClean.Datasets.Targets;
using VoiceClean.Files;

namespace VoiceClean.Datasets;

/// <summary>A list of a set and the clips it names.</summary>
/// <param name="Name">File name at the top of the set.</param>
/// <param name="Clips">In their order.</param>
internal sealed record SetList(string Name, IReadOnlyList<ClipRecord> Clips);

/// <summary>Which lists a set has for its target, and which clips stand in which.</summary>
internal static class SetLayout
{
    /// <summary>
    /// The lists: one for each speaker or one for all, as the target's name for them says; and one to evaluate with,
    /// where the target has one.
    /// </summary>
    /// <param name="target">For whom.</param>
    /// <param name="clips">The clips that were not rejected, sorted by speaker.</param>
    public static IReadOnlyList<SetList> ListsOf(DatasetTarget target, IReadOnlyList<ClipRecord> clips)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(clips);
        if (target.ListFormat == ListFormat.TextBeside || clips.Count == 0)
        {
            return [];
        }

        HashSet<string> eval = target.EvalListName.Length > 0 ? ToEvaluate(clips, target.EvalShare) : [];
        SetList[] lists = [.. Split(target.ListName, [.. clips.Where(c => !eval.Contains(c.File))])];
        return target.EvalListName.Length == 0
            ? lists
            : [.. lists, .. Split(target.EvalListName, [.. clips.Where(c => eval.Contains(c.File))])];
    }

    /// <summary>
    /// The lists that an earlier run has written, by its report; empty without one. Only what is known to be ours is
    /// ever removed.
    /// </summary>
    public static IReadOnlyList<string> ListsOfLastRun(string root)
    {
        try
        {
            string path = Path.Combine(root, "report.json");
            if (!File.Exists(path))
            {
                return [];
            }

            using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement target = report.RootElement.GetProperty("target");
            string[] speakers =
            [
                .. report.RootElement.GetProperty("speakers").EnumerateArray()
                    .Select(s => s.GetProperty("speaker").GetString() ?? ""),
            ];
            string[] names =
            [
                target.GetProperty("list_name").GetString() ?? "",
                target.TryGetProperty("eval_list_name", out JsonElement eval) ? eval.GetString() ?? "" : "",
            ];
            return
            [
                .. names
                    .Where(n => n.Length > 0)
                    .SelectMany(n =>
                        speakers.Select(s => n.Replace(Layout.Speaker, s, StringComparison.Ordinal)))
                    .Where(n => n.IndexOfAny(['/', '\\']) < 0 && n[0] != '.')
                    .Distinct(StringComparer.Ordinal),
            ];
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException)
        {
            return [];      // no report of ours, or not any more
        }
    }

    private static IEnumerable<SetList> Split(string name, IReadOnlyList<ClipRecord> clips) =>
        name.Contains(Layout.Speaker, StringComparison.Ordinal)
            ? clips
                .GroupBy(c => c.Speaker, StringComparer.Ordinal)
                .Select(g => new SetList(name.Replace(Layout.Speaker, g.Key, StringComparison.Ordinal), [.. g]))
            : [new SetList(name, clips)];

    // By a hash of the clip's name, so that the same clips stay apart whatever is added; a share of each speaker, never
    // all of one, and at least one clip where there are two.
    private static HashSet<string> ToEvaluate(IReadOnlyList<ClipRecord> clips, double share)
    {
        ClipRecord[][] speakers =
        [
            .. clips
                .GroupBy(c => c.Speaker, StringComparer.Ordinal)
                .Select(g => g
                    .OrderBy(c => Convert.ToHexString(Sha256.HashData(Encoding.UTF8.GetBytes(c.File))))
                    .ToArray()),
        ];
        var chosen = speakers
            .SelectMany(s => s.Take(Math.Min(s.Length - 1, (int)Math.Round(share * s.Length))))
            .Select(c => c.File)
            .ToHashSet(StringComparer.Ordinal);
        ClipRecord[] most = speakers.MaxBy(s => s.Length)!;
        if (chosen.Count == 0 && share > 0 && most.Length > 1)
        {
            chosen.Add(most[0].File);
        }

        return chosen;
    }
}
