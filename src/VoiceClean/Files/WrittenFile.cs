namespace VoiceClean.Files;

/// <summary>
/// A file that is written. What exceeds a limit of the process or of the file system (EFBIG) is an
/// <see cref="IOException"/> here like every other failure; the runtime takes it for a mistake of the caller.
/// </summary>
internal sealed class WrittenFile(string path, FileStreamOptions options) : FileStream(path, options)
{
    /// <summary>EFBIG, the same on all Unix systems.</summary>
    public const int TooLarge = 27;

    /// <inheritdoc/>
    // The runtime brings writes of spans here too, in an array of their length that it rents.
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            base.Write(buffer, offset, count);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new IOException("File too large", e) { HResult = TooLarge };
        }
    }

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        try
        {
            base.SetLength(value);
        }
        catch (ArgumentOutOfRangeException e) when (value >= 0)
        {
            throw new IOException("File too large", e) { HResult = TooLarge };
        }
    }
}
