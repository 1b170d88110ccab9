using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>Opens inputs for reading, never for writing, and says in one sentence why it cannot.</summary>
public static class InputFile
{
    /// <summary>Opens a file; one that cannot be sought in (a pipe, a device) is copied into a temporary file first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Most bytes taken from a pipe.</param>
    /// <exception cref="InputException">Missing, not readable, or larger than allowed.</exception>
    public static Stream Open(string path, long maxBytes = long.MaxValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            return stream.CanSeek ? stream : Spool(stream, maxBytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(ReasonCodes.NotFound, $"{path} does not exist; check the name and the folder.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException(ReasonCodes.PermissionDenied, $"{path} may not be read; check its permissions.", e);
        }
        catch (IOException e)
        {
            throw new InputException(ReasonCodes.IoError, $"{path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Copies standard input into a temporary file, because most containers cannot be read front to back.</summary>
    /// <param name="maxBytes">Most bytes taken.</param>
    /// <exception cref="InputException">Larger than allowed, or not readable.</exception>
    public static Stream OpenStandardInput(long maxBytes = long.MaxValue) => Spool(Console.OpenStandardInput(), maxBytes);

    private static FileStream Spool(Stream source, long maxBytes)
    {
        using (source)
        {
            FileStream spool = TemporaryFile.Create();
            try
            {
                byte[] block = new byte[1 << 18];
                for (int n; (n = source.Read(block)) > 0;)
                {
                    if (spool.Length + n > maxBytes)
                    {
                        throw new InputException(ReasonCodes.TooLarge, $"Standard input is larger than {maxBytes:N0} bytes; give a file instead.");
                    }

                    spool.Write(block, 0, n);
                }

                spool.Position = 0;
                return spool;
            }
            catch
            {
                spool.Dispose();
                throw;
            }
        }
    }
}
