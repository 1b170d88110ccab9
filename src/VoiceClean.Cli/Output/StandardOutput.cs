using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Cli.Output;

/// <summary>
/// Data on standard output. Console.OpenStandardOutput swallows a broken pipe and lets the program exit 0; writing to
/// the descriptor reports it. What goes wrong comes out as a <see cref="VoiceCleanException"/>: a reader that went away
/// is exit code 5, a full disk 75.
/// </summary>
internal static class StandardOutput
{
    /// <summary>What it is called in messages.</summary>
    public const string Name = "standard output";

    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    /// <summary>Opens descriptor 1 for lines, the last of which may follow the stop.</summary>
    /// <param name="stop">Ends the waiting for a reader that does not read.</param>
    /// <exception cref="OutputException">It is closed.</exception>
    public static Stream Open(CancellationToken stop = default) => Open(LastWords, stop);

    /// <summary>Opens descriptor 1 and writes.</summary>
    /// <param name="write">Writes all there is.</param>
    /// <param name="stop">Ends it in the middle.</param>
    /// <exception cref="VoiceCleanException">The reader went away, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Write(Action<Stream> write, CancellationToken stop = default)
    {
        using Stream stream = Open(TimeSpan.Zero, stop);
        write(stream);
        stream.Flush();
    }

    private static DescribedStream Open(TimeSpan patience, CancellationToken stop)
    {
        if (StandardDescriptors.IsOutputClosed)
        {
            throw new OutputException(
                ReasonCodes.OutputClosed,
                "Standard output is closed; name a file, or run it again with a reader.");
        }

        Stream descriptor = OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(1);
        return new DescribedStream(
            stop.CanBeCanceled ? new InterruptibleStream(() => descriptor, stop, patience) : descriptor,
            Name);
    }
}
