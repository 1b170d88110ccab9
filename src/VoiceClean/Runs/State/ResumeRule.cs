using VoiceClean.Cleaning.Reports;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;

namespace VoiceClean.Runs.State;

/// <summary>What is to be done about one item.</summary>
internal enum ResumeAction
{
    /// <summary>Cleaned; its place is free, or what stands there turns out to be the same bytes.</summary>
    Create,

    /// <summary>
    /// Cleaned; the result replaces one that is known to be ours, or whatever is there if so ordered.
    /// </summary>
    Replace,

    /// <summary>Nothing: the result stands, the verdict of an earlier run holds.</summary>
    Keep,

    /// <summary>Nothing: something of that name exists and must not be replaced.</summary>
    Refuse,
}

/// <summary>Decides from the journal and the disk what a resumed batch has to do.</summary>
/// <param name="journal">What has been done.</param>
/// <param name="options">Overwriting, and how inputs are compared.</param>
/// <param name="settings">SHA-256 of the effective options.</param>
/// <param name="tool">Version of VoiceClean.</param>
internal sealed class ResumeRule(Journal journal, BatchOptions options, string settings, string tool)
{
    /// <summary>The state of an input, null if it cannot be read (the pipeline will say why).</summary>
    public Fingerprint? FingerprintOf(string path)
    {
        try
        {
            var info = new FileInfo(path);
            long size = info.Length;
            return new Fingerprint(size, info.LastWriteTimeUtc, options.Checksum ? HashOf(path) : null);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            return null;
        }
    }

    /// <summary>Decides about one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="input">The present state of its input.</param>
    /// <param name="entry">Its line in the journal, if that still holds.</param>
    public ResumeAction Decide(PlanItem item, Fingerprint? input, out JournalEntry? entry)
    {
        entry = journal.Find(item.Output);
        if (options.Overwrite == OverwriteMode.Always)
        {
            return ResumeAction.Replace;
        }

        bool exists = Path.Exists(item.OutputPath);
        bool isOthers = entry is not null && OtherSource(item, entry) is not null;
        bool holds = entry is not null && input is not null && !isOthers && IsSame(entry, item, input);
        if (
            holds
            && (
                entry!.Status == ClipStatus.Ok
                    ? exists && IsOurs(item.OutputPath, entry, options.Checksum)
                    : entry.Status == ClipStatus.Rejected && !exists))
        {
            return ResumeAction.Keep;
        }

        if (!exists)
        {
            return ResumeAction.Create;
        }

        if (options.Overwrite == OverwriteMode.Never || isOthers)
        {
            return ResumeAction.Refuse;
        }

        // Killed between publishing and the journal, we left a result without a line: cleaning again gives the same
        // bytes, which are adopted. Anything else that is not what the journal says belongs to somebody else.
        return IsResultOf(entry, item) ? ResumeAction.Replace : ResumeAction.Create;
    }

    /// <summary>Whether what stands at an item's place is, byte by byte, what a line says that we made.</summary>
    /// <param name="entry">The line; also that of a later run, which failed and left the result of an earlier one.
    /// </param>
    /// <param name="item">The item.</param>
    public static bool IsResultOf(JournalEntry? entry, PlanItem item) =>
        entry is { OutputBytes: not null } && IsOurs(item.OutputPath, entry, byContent: true);

    /// <summary>
    /// The complete path of the recording that a result was made of, where that is another one than the item's and
    /// still there: replacing its result would lose it. Null otherwise, also where it was moved or copied.
    /// </summary>
    public string? OtherSource(PlanItem item, JournalEntry entry)
    {
        string own = Path.GetFullPath(item.InputPath);
        return entry.SourceHash == 0 || entry.SourceHash == NameFolding.Hash(own) ? null
            : options.NamesMayPass && entry.Id != item.Id ? null
            : journal.ReadSource(entry) is { } source && !IsSameRecording(source, own) ? source
            : null;
    }

    /// <summary>
    /// Whether a recording that was worked on is the one at a path: it is gone, it is that file, or that is its copy,
    /// as of a set that was brought to another place.
    /// </summary>
    /// <param name="source">Complete path of what was worked on.</param>
    /// <param name="own">The path.</param>
    public static bool IsSameRecording(string source, string own)
    {
        try
        {
            var other = new FileInfo(source);
            return !other.Exists
                || FileIdentity.AreSame(source, own)
                || (other.Length == new FileInfo(own).Length && HashOf(source) == HashOf(own));
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            return true;       // it cannot be told; what cannot be read is said when it is opened
        }
    }

    /// <summary>The present state of an input of which a result will be made; null if none will be.</summary>
    public Fingerprint? FingerprintIfDue(PlanItem item) =>
        item.Failure is null
        && FingerprintOf(item.InputPath) is { } input
        && Decide(item, input, out _) is ResumeAction.Create or ResumeAction.Replace
            ? input
            : null;

    /// <summary>SHA-256 of a file, lower-case hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using var stream = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 1);
        return Convert.ToHexStringLower(Sha256.HashData(stream));
    }

    private bool IsSame(JournalEntry entry, PlanItem item, Fingerprint input) =>
        entry.Id == item.Id
        && entry.Settings == settings
        && entry.Tool == tool
        && entry.Input.SizeBytes == input.SizeBytes
        && (options.Checksum ? entry.Input.Sha256 == input.Sha256 : entry.Input.Modified == input.Modified);

    private static bool IsOurs(string path, JournalEntry entry, bool byContent)
    {
        try
        {
            var info = new FileInfo(path);
            return info.Exists
                && info.Length == entry.OutputBytes
                && (!byContent || HashOf(path) == entry.OutputSha256);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            return false;
        }
    }
}
