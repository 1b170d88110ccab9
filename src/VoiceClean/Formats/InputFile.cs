using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>Opens inputs for reading, never for writing, and says in one sentence why it cannot.</summary>
public static class InputFile
{
    /// <summary>Opens a file, unbuffered; a pipe or a device cannot be sought in (<see cref="InputSpool"/> mends that).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Missing or not readable.</exception>
    public static Stream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
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

    /// <summary>Standard input.</summary>
    public static Stream OpenStandardInput() => Console.OpenStandardInput();
}
