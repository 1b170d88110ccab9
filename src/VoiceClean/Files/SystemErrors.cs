using System.ComponentModel;

namespace VoiceClean.Files;

/// <summary>
/// Puts failures of the operating system into words that fit into a sentence: "the disk reported an error". The
/// runtime's own texts speak of parameters and handles, and name the path a second time.
/// </summary>
internal static class SystemErrors
{
    // COR_E_IO: what the runtime finds out itself has no number of the system.
    internal const int ComIoError = unchecked((int)0x80131620);

    // The upper half of the HRESULT of an error of Windows itself.
    private const int Win32 = 0x8007;

    /// <summary>Why something could not be done, without a full stop.</summary>
    public static string Say(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "it does not exist",
            UnauthorizedAccessException => "it is a folder, or its permissions forbid it",
            PathTooLongException => "its name is too long",
            EndOfStreamException => "it ends too early",
            // Of programs and sockets, whose number stands elsewhere.
            Win32Exception { NativeErrorCode: > 0 } e => Say(e.NativeErrorCode),
            // No number of a system: somebody's own stream says so.
            { HResult: < 0 } when !OperatingSystem.IsWindows() || exception.HResult >>> 16 != Win32 =>
                $"its stream says \"{WordsOf(exception)}\"",
            _ => Say(OperatingSystem.IsWindows() ? exception.HResult & 0xFFFF : exception.HResult),
        };
    }

    private static string WordsOf(Exception exception) => exception.Message.ReplaceLineEndings(" ").TrimEnd('.');

    // The numbers up to 34 are the same on all Unix systems.
    private static string Say(int number) =>
        OperatingSystem.IsWindows()
            ? number switch
            {
                32 or 33 => "another program uses it",
                112 or 39 => "its disk is full",
                1117 or 23 => "the disk reported an error",
                _ => FormattableString.Invariant($"the system reported error {number}"),
            }
            : number switch
            {
                2 => "it does not exist",
                5 => "the disk reported an error",
                8 => "it is no program of this machine",
                13 => "it is a folder, or its permissions forbid it",
                6 or 19 => "there is no such device",
                11 or 35 => "another program uses it",
                20 => "a folder on the way to it is a file",
                21 => "it is a folder",
                23 or 24 => "too many files are open at a time",
                26 => "it is a program that is running",
                27 => "it would be larger than a limit allows",
                28 => "its disk is full",
                30 => "its volume is read-only",
                32 => "its reader went away",
                40 or 62 => "its links lead in a circle",
                116 or 70 => "its network folder is gone",
                _ => FormattableString.Invariant($"the system reported error {number}"),
            };
}
