using VoiceClean.Errors;

namespace VoiceClean.Files;

/// <summary>Opens inputs for reading, never for writing, and says in one sentence why it cannot.</summary>
internal static class InputFile
{
    /// <summary>
    /// Opens a file, unbuffered; a pipe or a device cannot be sought in (<see cref="InputSpool"/> mends that).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">Missing or not readable.</exception>
    public static Stream Open(string path) =>
        Open(
            path,
            p => new FileStream(
                p,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1));

    /// <summary>
    /// The same, but who waits for a pipe or a device stops waiting when <paramref name="stop"/> is cancelled.
    /// </summary>
    /// <exception cref="InputException">Missing or not readable.</exception>
    /// <exception cref="OperationCanceledException">Stopped while it was being opened.</exception>
    public static Stream Open(string path, CancellationToken stop) =>
        stop.CanBeCanceled && FileIdentity.KindOf(path) == EntryKind.Other
            ? new InterruptibleStream(() => Open(path), stop)
            : Open(path);

    /// <summary>
    /// The text of a file; who waits for a pipe or a device stops waiting when <paramref name="stop"/> is cancelled.
    /// </summary>
    /// <exception cref="IOException">Missing or not readable.</exception>
    /// <exception cref="UnauthorizedAccessException">Not permitted.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static string ReadText(string path, CancellationToken stop)
    {
        using var reader = new StreamReader(OpenRead(path, stop));
        return reader.ReadToEnd();
    }

    /// <summary>As <see cref="File.OpenRead"/>, but the waiting for a pipe or a device ends as above.</summary>
    /// <exception cref="OperationCanceledException">Stopped while it was being opened.</exception>
    public static Stream OpenRead(string path, CancellationToken stop) =>
        stop.CanBeCanceled && FileIdentity.KindOf(path) == EntryKind.Other
            ? new InterruptibleStream(() => File.OpenRead(path), stop)
            : File.OpenRead(path);

    /// <summary>Standard input.</summary>
    /// <param name="stop">Ends the waiting for it.</param>
    /// <exception cref="InputException">It is closed.</exception>
    public static Stream OpenStandardInput(CancellationToken stop = default)
    {
        if (StandardDescriptors.IsInputClosed)
        {
            throw new InputException(
                ReasonCodes.IoError,
                "Standard input is closed; name a file, or pipe one in.");
        }

        return stop.CanBeCanceled
            ? new InterruptibleStream(Console.OpenStandardInput, stop)
            : Console.OpenStandardInput();
    }

    /// <summary>
    /// The failure to throw where nothing is found at <paramref name="path"/>, be it behind a link or because the
    /// runtime cannot say its name.
    /// </summary>
    public static InputException Missing(string path, Exception? cause = null) =>
        path.Contains('\uFFFD', StringComparison.Ordinal) ? Unreadable(path) : new(
            ReasonCodes.NotFound,
            new FileInfo(path).LinkTarget is { } target
                ? $"{path} is a link to {target}, which leads nowhere; check the link."
                : $"{path} does not exist; check the name and the folder.",
            cause);

    /// <summary>Why something with this name fails.</summary>
    public static InputException Unreadable(string path) =>
        new(
            ReasonCodes.UnreadableName,
            $"{path} has a name that is not UTF-8, so it cannot be opened; rename it (convmv can do a whole folder).");

    /// <summary>Opens a file by <paramref name="open"/>, whose failures become sentences.</summary>
    /// <exception cref="InputException">Missing or not readable.</exception>
    internal static FileStream Open(string path, Func<string, FileStream> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return open(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException(
                ReasonCodes.PermissionDenied,
                Directory.Exists(path)
                    ? $"{path} is a folder; name a file."
                    : $"{path} may not be read; check its permissions.",
                e);
        }
        catch (IOException e)
        {
            throw new InputException(ReasonCodes.IoError, $"{path} cannot be opened: {SystemErrors.Say(e)}.", e);
        }
    }
}
