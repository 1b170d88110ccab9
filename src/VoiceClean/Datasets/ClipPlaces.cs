using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Datasets;

/// <summary>
/// Where the file of a clip lies: where it was written, or among the rejected once its speaker's other clips show that
/// it does not belong to them. More clips may bring it back.
/// </summary>
internal static class ClipPlaces
{
    /// <summary>Relative path of a clip in the folder of the rejected.</summary>
    public static string Rejected(ClipRecord clip) =>
        $"{DatasetPlan.RejectedFolder}/{clip.Speaker}/{clip.File[(clip.File.LastIndexOf('/') + 1)..]}";

    /// <summary>Moves the files of clips to where they belong.</summary>
    /// <param name="root">The folder of the set.</param>
    /// <param name="written">Clips as they were written.</param>
    /// <param name="placed">The same, in the same order, where they belong.</param>
    /// <exception cref="VoiceCleanException">A file cannot be moved.</exception>
    public static void Arrange(string root, IReadOnlyList<ClipRecord> written, IReadOnlyList<ClipRecord> placed)
    {
        for (int i = 0; i < written.Count; i++)
        {
            string right = placed[i].File;
            string wrong = right == written[i].File ? Rejected(written[i]) : written[i].File;
            if (right != wrong && written[i].Reason is null && RecordingRecords.IsOurs(written[i]))
            {
                Move(Path.Combine(root, wrong), Path.Combine(root, right));
            }
        }
    }

    private static void Move(string from, string to)
    {
        try
        {
            if (File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Move(from, to, overwrite: true);
            }
        }
        catch (FileNotFoundException)
        {
            // Another shard was faster.
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, to);
        }
    }
}
