using System.Globalization;
using System.Text.Json;
using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs.State;

/// <summary>
/// Into how many shards an output is split: <c>run.json</c> says it from the first run on; where that is lost or
/// damaged, the names of the journals do.
/// </summary>
internal static class ShardLayout
{
    /// <summary>The number of shards; null if nobody has begun, or nobody knows.</summary>
    /// <param name="folder">The state folder; need not exist.</param>
    /// <exception cref="VoiceCleanException">It cannot be read.</exception>
    public static int? Read(string folder) => ReadFile(PathIn(folder)) ?? OfJournals(folder);

    /// <summary>Refuses another number of shards than the output was begun with.</summary>
    /// <exception cref="VoiceCleanException">It is another (kind <see cref="ErrorKind.Usage"/>).</exception>
    public static void Check(string folder, Shard shard, RunAdvice advice)
    {
        if (Read(folder) is { } count && count != shard.Count)
        {
            string path = PathIn(folder);
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"This output was begun with {count} shard{(count == 1 ? "" : "s")}, not {shard.Count}; "
                    + $"{advice.ChooseShardOf(count)}, or another output folder (pinned in "
                    + $"{(ReadFile(path) is null ? folder : path)}).");
        }
    }

    /// <summary>Writes the number of shards, unless somebody has; of runs that start at once one wins.</summary>
    /// <exception cref="VoiceCleanException">The output is begun with another number, or it cannot be
    /// written.</exception>
    public static void Pin(string folder, Shard shard, IOutputFiles files, RunAdvice advice)
    {
        string path = PathIn(folder);
        if (ReadFile(path) is null)
        {
            byte[] content = Encoding.UTF8.GetBytes(
                FormattableString.Invariant($"{{\"schema\":\"voiceclean.run/1\",\"shards\":{shard.Count}}}\n"));
            try
            {
                // Never replaced: of shards that start at once one wins, and all check what it wrote. What is damaged
                // is, where the journals say what it said.
                bool isRepair = File.Exists(path) && OfJournals(folder) == shard.Count;
                AtomicFile.Write(path, overwrite: isRepair, stream => stream.Write(content), files);
            }
            catch (OutputException e) when (e.Code == ReasonCodes.OutputExists)
            {
            }
        }

        if (Read(folder) is null)
        {
            throw new OutputException(
                ReasonCodes.IoError,
                $"{path} is damaged, so nobody knows into how many shards this output is split; delete that file if it "
                    + $"is {shard.Count}.");
        }

        Check(folder, shard, advice);
    }

    private static string PathIn(string folder) => Path.Combine(folder, "run.json");

    // "journal.jsonl" is one of one, "journal-2-of-8.jsonl" one of eight; null if there is none, or they disagree.
    private static int? OfJournals(string folder)
    {
        int? count = null;
        if (!Directory.Exists(folder))
        {
            return count;
        }

        foreach (string path in Directory.GetFiles(folder, "journal*.jsonl"))
        {
            string[] parts = Path.GetFileNameWithoutExtension(path).Split("-of-");
            int own = 1;
            if (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out own))
            {
                continue;
            }

            if (count is { } other && other != own)
            {
                return null;
            }

            count = own;
        }

        return count;
    }

    private static int? ReadFile(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.GetProperty("shards").GetInt32();
        }
        catch (Exception e)
            when (e
                    is FileNotFoundException
                        or DirectoryNotFoundException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException)
        {
            return null;
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }
    }
}
