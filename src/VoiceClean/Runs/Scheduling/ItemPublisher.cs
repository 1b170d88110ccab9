using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs.Scheduling;

/// <summary>Publishes the result of one item, and only if its input is still what it was.</summary>
/// <param name="item">The item.</param>
/// <param name="input">The state of its input before it is opened.</param>
/// <param name="replace">Whether the result may replace what has its name.</param>
/// <param name="files">The disk.</param>
/// <param name="advice">What messages advise.</param>
/// <param name="cancellation">Once cancelled, nothing is published: the verdict has been given by then.</param>
internal sealed class ItemPublisher(
    PlanItem item,
    Fingerprint? input,
    bool replace,
    IOutputFiles files,
    RunAdvice advice,
    CancellationToken cancellation)
{
    /// <summary>The folder in which the result was published, null if none was.</summary>
    public string? PublishedFolder { get; private set; }

    /// <summary>Publishes: what <see cref="ClipJob.Publish"/> asks for.</summary>
    public void Publish(Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(item.OutputPath)!;
        CreateFolder(folder);
        byte[]? ours = null;
        bool mayBeOurs = !replace && Path.Exists(item.OutputPath);
        try
        {
            AtomicFile.Write(item.OutputPath, replace, stream =>
            {
                if (mayBeOurs)
                {
                    using var hashing = new HashingStream(stream);
                    write(hashing);
                    ours = hashing.Hash();
                }
                else
                {
                    write(stream);
                }

                // The last moment before the name appears.
                CheckInput();
                cancellation.ThrowIfCancellationRequested();
            }, files);
        }
        catch (OutputException e) when (e.Code == ReasonCodes.OutputExists && ours is not null && IsSame(ours))
        {
            // Published by a run that was killed before it could say so.
        }
        catch (OutputException e) when (e.Code == ReasonCodes.OutputExists)
        {
            throw new OutputException(
                e.Code,
                $"{item.OutputPath} exists already and is not what this batch made; move it away, or "
                    + $"{advice.OverwriteAlways}.",
                e);
        }

        PublishedFolder = folder;
    }

    private void CreateFolder(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                return;
            }

            files.CreateDirectory(folder);
            string? parent = folder;
            foreach (char _ in item.Output.Where(c => c == '/'))
            {
                parent = Path.GetDirectoryName(parent);
                if (parent is { Length: > 0 })
                {
                    // else a power cut may lose the new folder with all that is safe in it
                    files.FlushDirectory(parent);
                }
            }
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, folder);
        }
    }

    /// <summary>
    /// A file that was still being written, or was replaced, while it was read: its result would be half of this and
    /// half of that.
    /// </summary>
    private void CheckInput()
    {
        var now = new FileInfo(item.InputPath);
        if (
            input is not null
            && (!now.Exists || now.Length != input.SizeBytes || now.LastWriteTimeUtc != input.Modified))
        {
            throw new InputException(
                ReasonCodes.IoError,
                $"{item.InputPath} changed while it was being read; run the batch again when it is complete.");
        }
    }

    private bool IsSame(byte[] ours) =>
        File.Exists(item.OutputPath) && ResumeRule.HashOf(item.OutputPath) == Convert.ToHexStringLower(ours);
}
