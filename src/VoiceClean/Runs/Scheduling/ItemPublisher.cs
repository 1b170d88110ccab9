using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs.Scheduling;

/// <summary>
/// Makes the <see cref="ClipJob"/> of one item: opens its input, and publishes its result only if both are still what
/// they were.
/// </summary>
internal sealed class ItemPublisher
{
    private readonly PlanItem _item;
    private readonly Fingerprint? _input;
    private readonly bool _replace;
    private readonly IOutputFiles _files;
    private readonly CancellationToken _cancellation;

    /// <summary>Prepares one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="input">The state of its input before it is opened.</param>
    /// <param name="replace">Whether the result may replace what has its name.</param>
    /// <param name="files">The disk.</param>
    /// <param name="cancellation">Once cancelled, nothing is published: the verdict has been given by then.</param>
    public ItemPublisher(
        PlanItem item,
        Fingerprint? input,
        bool replace,
        IOutputFiles files,
        CancellationToken cancellation)
    {
        _item = item;
        _input = input;
        _replace = replace;
        _files = files;
        _cancellation = cancellation;
        Job = new ClipJob
        {
            Id = item.Id,
            InputPath = item.InputPath,
            OutputPath = item.OutputPath,
            OpenInput = () => InputFile.Open(item.InputPath),
            Publish = Publish,
        };
    }

    /// <summary>The job for the pipeline.</summary>
    public ClipJob Job { get; }

    /// <summary>The folder in which the result was published, null if none was.</summary>
    public string? PublishedFolder { get; private set; }

    private void Publish(Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(_item.OutputPath)!;
        CreateFolder(folder);
        byte[]? ours = null;
        bool mayBeOurs = !_replace && Path.Exists(_item.OutputPath);
        try
        {
            AtomicFile.Write(_item.OutputPath, _replace, stream =>
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
                _cancellation.ThrowIfCancellationRequested();
            }, _files);
        }
        catch (OutputException e) when (e.Code == ReasonCodes.OutputExists && ours is not null && IsSame(ours))
        {
            // Published by a run that was killed before it could say so.
        }
        catch (OutputException e) when (e.Code == ReasonCodes.OutputExists)
        {
            throw new OutputException(
                e.Code,
                $"{_item.OutputPath} exists already and is not what this batch made; move it away, or use --overwrite always.",
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

            _files.CreateDirectory(folder);
            string? parent = folder;
            foreach (char _ in _item.Output.Where(c => c == '/'))
            {
                parent = Path.GetDirectoryName(parent);
                if (parent is { Length: > 0 })
                {
                    // else a power cut may lose the new folder with all that is safe in it
                    _files.FlushDirectory(parent);
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
        var now = new FileInfo(_item.InputPath);
        if (
            _input is not null
            && (!now.Exists || now.Length != _input.SizeBytes || now.LastWriteTimeUtc != _input.Modified))
        {
            throw new InputException(
                ReasonCodes.IoError,
                $"{_item.InputPath} changed while it was being read; run the batch again when it is complete.");
        }
    }

    private bool IsSame(byte[] ours) =>
        File.Exists(_item.OutputPath) && ResumeRule.HashOf(_item.OutputPath) == Convert.ToHexStringLower(ours);
}
