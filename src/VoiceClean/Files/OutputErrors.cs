using VoiceClean.Errors;

namespace VoiceClean.Files;

/// <summary>Puts failures of the file system while writing into words, kinds and codes.</summary>
internal static class OutputErrors
{
    /// <summary>
    /// True for exceptions that come from the file system and that <see cref="Describe"/> can put into words.
    /// </summary>
    public static bool IsFileSystemFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException;

    /// <summary>
    /// The failure to throw when writing <paramref name="path"/> ended with <paramref name="cause"/>.
    /// </summary>
    /// <param name="cause">What the file system threw.</param>
    /// <param name="path">The path the user knows (the target, not our temporary file).</param>
    public static VoiceCleanException Describe(Exception cause, string path)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return cause switch
        {
            TargetExistsException => new OutputException(
                ReasonCodes.OutputExists,
                $"{path} exists already: another program made it meanwhile, and it stays; choose another name.",
                cause),
            _ when Directory.Exists(path) => new OutputException(
                ReasonCodes.OutputExists,
                $"{path} is a folder; name a file in it.",
                cause),
            UnauthorizedAccessException => Denied(cause, path),
            PathTooLongException => NameTooLong(cause, path),
            DirectoryNotFoundException or FileNotFoundException
                when Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && Directory.Exists(folder) =>
                new OutputException(
                    ReasonCodes.PermissionDenied,
                    $"No file can be made in {folder}, where {path} would be; choose another folder.",
                    cause),
            DirectoryNotFoundException or FileNotFoundException when FileOnTheWay(path) is { } file =>
                new OutputException(
                    ReasonCodes.NotFound,
                    $"{path} cannot be made: {file} is a file and no folder; choose another name.",
                    cause),
            DirectoryNotFoundException or FileNotFoundException => new OutputException(
                ReasonCodes.NotFound,
                $"The folder of {path} does not exist; create it first.",
                cause),
            _ => DescribeByNumber(cause, path),
        };
    }

    /// <summary>The failure to throw where the links of <paramref name="path"/> never come to an end.</summary>
    public static OutputException InCircle(Exception cause, string path) =>
        new(
            ReasonCodes.IoError,
            $"{path} cannot be written: its links lead in a circle; remove them, or choose another name.",
            cause);

    // What stands where the path goes through a folder, but is none.
    private static string? FileOnTheWay(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        while (!string.IsNullOrEmpty(folder) && !Path.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return string.IsNullOrEmpty(folder) || Directory.Exists(folder) ? null : folder;
    }

    // The runtime hands the number of the system on: errno on Unix, 0x8007xxxx on Windows.
    private static VoiceCleanException DescribeByNumber(Exception cause, string path)
    {
        int number = OperatingSystem.IsWindows() ? cause.HResult & 0xFFFF : cause.HResult;
        bool mac = OperatingSystem.IsMacOS();
        return (OperatingSystem.IsWindows(), number) switch
        {
            (true, 112 or 39) or (false, 28) => NoSpace(cause, path),
            (false, 122) when !mac => NoSpace(cause, path),         // EDQUOT: the user's quota
            (false, 69) when mac => NoSpace(cause, path),
            (true, 5 or 19) or (false, 1 or 13 or 30) => Denied(cause, path),
            (true, 206) or (false, 36 or 63) => NameTooLong(cause, path),
            (true, 109 or 232) or (false, 32) => new OutputException(
                ReasonCodes.OutputClosed,
                $"The reader of {path} went away before everything was written.",
                cause),
            (false, WrittenFile.TooLarge) => TooLarge(cause, path),
            (true, 1921) => InCircle(cause, path),
            (false, 40) when !mac => InCircle(cause, path),
            (false, 62) when mac => InCircle(cause, path),
            _ => new VoiceCleanException(
                ErrorKind.Temporary,
                ReasonCodes.IoError,
                $"{path} could not be written: {SystemErrors.Say(cause)}; check the disk and try again.",
                cause),
        };
    }

    private static VoiceCleanException TooLarge(Exception cause, string path) =>
        new(
            ErrorKind.Temporary,
            ReasonCodes.NoSpace,
            $"{path} would be larger than its file system or a limit of this shell (ulimit -f) allows; choose another "
                + "place, or raise the limit.",
            cause);

    private static OutputException Denied(Exception cause, string path) =>
        new(ReasonCodes.PermissionDenied, $"{path} may not be written; check the permissions of its folder.", cause);

    private static OutputException NameTooLong(Exception cause, string path) =>
        new(
            ReasonCodes.NameTooLong,
            $"{path} is a longer name than its file system allows; choose a shorter one.",
            cause);

    private static VoiceCleanException NoSpace(Exception cause, string path) =>
        new(
            ErrorKind.Temporary,
            ReasonCodes.NoSpace,
            $"There is no space left on the volume of {path}; free some and try again.",
            cause);
}
