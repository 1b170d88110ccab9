using VoiceClean.Errors;

namespace VoiceClean.Files;

/// <summary>Decoders seek; standard input cannot. Such a stream is first copied to a temporary file.</summary>
internal static class InputSpool
{
    /// <summary>Most that is copied [byte]: 18 hours of stereo at 96 kHz in 24 bits.</summary>
    public const long Largest = 40L << 30;

    private const int BlockBytes = 128 * 1024;

    /// <summary>
    /// The stream itself if it can seek (rewound to its start), otherwise a copy of it; then the original is disposed
    /// of.
    /// </summary>
    /// <param name="stream">Readable; owned by the result, also when this throws.</param>
    /// <param name="cancellation">Checked at every block.</param>
    /// <exception cref="InputException">More than <see cref="Largest"/>, or the stream cannot be read.</exception>
    /// <exception cref="VoiceCleanException">Of kind Temporary: the temporary file cannot be written.</exception>
    public static Stream MakeSeekable(Stream stream, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek)
        {
            return stream;
        }

        using (stream)
        {
            FileStream copy = CreateFile();
            try
            {
                byte[] block = new byte[BlockBytes];
                for (int count; (count = ReadBlock(stream, block)) > 0;)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (copy.Length + count > Largest)
                    {
                        throw new InputException(
                            ReasonCodes.TooLarge,
                            $"The input is larger than {Largest >> 30} GiB; cut it into parts.");
                    }

                    copy.Write(block, 0, count);
                }

                copy.Position = 0;
                return copy;
            }
            catch (IOException e)
            {
                copy.Dispose();
                throw NoSpace(e);
            }
            catch
            {
                copy.Dispose();
                throw;
            }
        }
    }

    private static int ReadBlock(Stream stream, byte[] block)
    {
        try
        {
            return stream.Read(block, 0, block.Length);
        }
        catch (IOException e)
        {
            throw new InputException(
                ReasonCodes.IoError,
                $"The input cannot be read: {SystemErrors.Say(e)}; give a file, or pipe the recording in.",
                e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException(
                ReasonCodes.IoError,
                "The input is not open for reading; give a file, or pipe the recording in.",
                e);
        }
    }

    private static FileStream CreateFile()
    {
        try
        {
            return TemporaryFile.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NoSpace(e);
        }
    }

    private static VoiceCleanException NoSpace(Exception e) =>
        new(
            ErrorKind.Temporary,
            ReasonCodes.NoSpace,
            $"The input cannot be kept in the temporary folder {Path.GetTempPath()}: {SystemErrors.Say(e)}; set TMPDIR "
                + "to a folder with more space.",
            e);
}
