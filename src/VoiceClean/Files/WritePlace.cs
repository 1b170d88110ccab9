using VoiceClean.Errors;

namespace VoiceClean.Files;

/// <summary>
/// A place that somebody named for something to be written to: a file that appears complete or not at all, or a
/// descriptor, a pipe or a device, into which is written. Whether it may be written at all decides
/// <see cref="RunPlaces"/>.
/// </summary>
internal sealed class WritePlace
{
    private readonly bool _overwrite;
    private readonly string _target;        // the end of the links that the path may be

    /// <summary>Looks at what is there; touches nothing.</summary>
    /// <param name="path">As it was named; "-" is standard output.</param>
    /// <param name="label">By what it was named: "--report"; empty for what needs no name.</param>
    /// <param name="overwrite">Whether a file there may be replaced.</param>
    /// <exception cref="VoiceCleanException">Its links lead in a circle.</exception>
    public WritePlace(string path, string label, bool overwrite)
    {
        (Path, Label, _overwrite) = (path, label, overwrite);
        Descriptor = DescriptorOf(path);
        _target = Descriptor is null ? Follow(path) : path;
        IsStream = Descriptor is not null || FileIdentity.IsStream(_target);
    }

    /// <summary>As it was named.</summary>
    public string Path { get; }

    /// <summary>By what it was named; may be empty.</summary>
    public string Label { get; }

    /// <summary>"--report run.jsonl".</summary>
    public string Name => Label.Length > 0 ? $"{Label} {Path}" : Path;

    /// <summary>Where a link leads; the path itself if it is none.</summary>
    public string Target => _target;

    /// <summary>
    /// The number of an open descriptor that the path stands for ("-", "/dev/stdout", "/dev/fd/5"); else null.
    /// </summary>
    public int? Descriptor { get; }

    /// <summary>A descriptor, a pipe or a character device: it is written into and never replaced.</summary>
    public bool IsStream { get; }

    /// <summary>Something is there already, be it a link to nothing.</summary>
    public bool Exists => System.IO.Path.Exists(_target) || new FileInfo(Path).LinkTarget is not null;

    /// <summary>Which file it is now; null if there is none yet, or it is no file.</summary>
    public FileIdentity? Identity => Descriptor is { } number
        ? FileIdentity.KindOf($"/dev/fd/{number}") == EntryKind.File ? FileIdentity.Of($"/dev/fd/{number}") : null
        : IsStream ? null : FileIdentity.Of(_target);

    /// <summary>Whether the path is a name of standard output.</summary>
    public static bool IsStandardOutput(string path) => DescriptorOf(path) == 1;

    /// <summary>Fails now, as <see cref="Write"/> would later, if nothing can be written there.</summary>
    /// <exception cref="VoiceCleanException">It cannot.</exception>
    public void CheckWritable()
    {
        if (IsStream)
        {
            return;
        }

        if (FileIdentity.KindOf(_target) == EntryKind.Other)
        {
            throw new OutputException(
                ReasonCodes.OutputExists,
                $"{Name} is a disk or a socket; name a file, a pipe or a device such as /dev/null.");
        }

        if (Directory.Exists(_target))
        {
            throw new OutputException(
                ReasonCodes.OutputExists,
                Label.Length > 0
                    ? $"{Name} is a folder; name a file in it."
                    : $"{Path} is a folder; name the file to write, for instance "
                        + $"{System.IO.Path.Combine(Path, "out.wav")}.");
        }

        AtomicFile.CheckWritable(_target);
        StaleTemporaries.RemoveFrom(System.IO.Path.GetDirectoryName(_target) ?? "");
    }

    /// <summary>Writes: a file that appears complete, or into the stream that is there.</summary>
    /// <param name="write">Writes all there is.</param>
    /// <param name="stop">Ends the waiting for the reader of a pipe.</param>
    /// <exception cref="VoiceCleanException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting.</exception>
    public void Write(Action<Stream> write, CancellationToken stop = default)
    {
        if (!IsStream)
        {
            AtomicFile.Write(_target, _overwrite, write);
            return;
        }

        using Stream stream = Append(stop);
        write(stream);
        stream.Flush();
    }

    /// <summary>Opens it for adding to its end, a new file if there is none.</summary>
    /// <param name="stop">Ends the waiting for the reader of a pipe.</param>
    /// <exception cref="VoiceCleanException">It cannot be opened; what fails later comes out likewise.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting.</exception>
    public Stream Append(CancellationToken stop = default)
    {
        try
        {
            Func<Stream> open =
                Descriptor is { } number ? () => new DescriptorStream(number)
                : IsStream ? () => new FileStream(_target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0)
                : () => DiskFiles.Instance.OpenAppend(_target);
            return new DescribedStream(
                IsStream && stop.CanBeCanceled ? new InterruptibleStream(open, stop) : open(),
                Path);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, Path);
        }
    }

    private static int? DescriptorOf(string path)
    {
        if (path == "-")
        {
            return 1;
        }

        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        string full = System.IO.Path.GetFullPath(path);
        return full switch
        {
            "/dev/stdout" => 1,
            "/dev/stderr" => 2,
            _ when System.IO.Path.GetDirectoryName(full) is "/dev/fd" or "/proc/self/fd"
                && int.TryParse(System.IO.Path.GetFileName(full), out int number) => number,
            _ => null,
        };
    }

    private static string Follow(string path)
    {
        try
        {
            // Of a bare name .NET takes the folder for the root of the disk.
            string full = System.IO.Path.GetFullPath(path);
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return path;
        }
        catch (IOException e) when (e.HResult == SystemErrors.ComIoError)      // too many links, by the runtime's count
        {
            throw OutputErrors.InCircle(e, path);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }
    }
}
