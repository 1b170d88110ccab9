using VoiceClean.Errors;

namespace VoiceClean.Cli.Output;

/// <summary>
/// Data on standard output. Console.OpenStandardOutput swallows a broken pipe and lets the program exit 0; writing to
/// the descriptor reports it, so that a reader that went away becomes exit code 5.
/// </summary>
internal static class StandardOutput
{
    /// <summary>Opens descriptor 1 for writing.</summary>
    public static Stream Open()
        => OperatingSystem.IsWindows()
            ? Console.OpenStandardOutput()
            : new DescriptorStream(1);

    /// <summary>
    /// Opens descriptor 1, writes, and turns a reader that went away into an <see cref="OutputException"/>.
    /// </summary>
    public static void Write(Action<Stream> write)
    {
        try
        {
            using Stream stream = Open();
            write(stream);
            stream.Flush();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new OutputException(
                ReasonCodes.OutputClosed,
                "The reader of standard output went away before everything was written; run it again with a reader "
                    + "that stays.",
                e);
        }
    }
}
