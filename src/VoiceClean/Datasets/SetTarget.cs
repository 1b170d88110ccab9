using System.Text.Json;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;

namespace VoiceClean.Datasets;

/// <summary>For whom a set of ours was made, by its <c>report.json</c>.</summary>
internal static class SetTarget
{
    /// <summary>
    /// The target that a set was made for, with what was changed in it; null if it is not one of ours. A set of an
    /// earlier version gets the record that its target has now.
    /// </summary>
    /// <param name="root">Folder of the set.</param>
    public static DatasetTarget? Of(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        try
        {
            string path = Path.Combine(root, "report.json");
            if (!File.Exists(path))
            {
                return null;
            }

            using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement target = report.RootElement.GetProperty("target");
            string name = target.GetProperty("name").GetString() ?? "";
            try
            {
                if (target.TryGetProperty("reads_lists", out _))
                {
                    return DatasetTargets.Parse(target.GetRawText(), path);
                }
            }
            catch (VoiceCleanException)
            {
                // Of another version: its name must do.
            }

            return DatasetTargets.Names.Contains(name, StringComparer.Ordinal) ? DatasetTargets.Load(name) : null;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException)
        {
            return null;
        }
    }
}
