using VoiceClean.Files;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// A stream under a name that another process can open and seek in: M4A keeps its index at the end, so a pipe will not
/// do. Disposing of it removes the copy, if one had to be made; the stream stays the caller's and must stay open
/// meanwhile.
/// </summary>
internal sealed class FfmpegInput : IDisposable
{
    private readonly string? _copy;

    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="demuxer">What reads it. That of MP4 counts places from the start of the file, so it is shown a
    /// copy without the ID3v2 tag that a tagger put before it.</param>
    /// <exception cref="IOException">A copy was needed and cannot be made.</exception>
    public FfmpegInput(Stream stream, string demuxer)
    {
        long start = demuxer == "mov" ? Id3Tag.Skip(stream) : 0;
        Path = (start == 0 ? PathOf(stream) : null) ?? (_copy = Copy(stream, start));
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    public void Dispose()
    {
        if (_copy is not null)
        {
            File.Delete(_copy);
        }
    }

    /// <summary>A name under which other processes can open it while it is open; null if it has none.</summary>
    public static string? PathOf(Stream stream)
    {
        if ((stream is BorrowedStream borrowed ? borrowed.Lender : stream) is not FileStream file)
        {
            return null;
        }

        if (System.IO.Path.IsPathFullyQualified(file.Name) && File.Exists(file.Name))
        {
            return file.Name;
        }

        // A temporary file has no name any more, but Linux lends it one while it is open.
        string lent = $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}";
        return OperatingSystem.IsLinux() && File.Exists(lent) ? lent : null;
    }

    private static string Copy(Stream stream, long start)
    {
        string path = System.IO.Path.Combine(
            System.IO.Path.GetTempPath(),
            ".vc-" + Guid.NewGuid().ToString("N") + ".tmp");
        stream.Position = start;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            TemporaryFile.KeepPrivate(options);
            using var copy = new WrittenFile(path, options);
            stream.CopyTo(copy);
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        return path;
    }
}
