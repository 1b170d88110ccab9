using System.Text;
using VoiceClean.Files;

namespace VoiceClean.Cli.Output;

/// <summary>
/// Standard error that never ends a run: what cannot be written there (it is closed, its disk is full, its reader went
/// away) is lost, and the results are made all the same.
/// </summary>
internal static class StandardError
{
    /// <summary>Puts it in the place of the console's.</summary>
    public static void Install() =>
        Console.SetError(
            StandardDescriptors.IsErrorClosed
                ? TextWriter.Null
                : new StreamWriter(
                    new ForgivingStream(
                        OperatingSystem.IsWindows() ? Console.OpenStandardError() : new DescriptorStream(2)),
                    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                    bufferSize: 1024)
                {
                    AutoFlush = true,
                });

    private sealed class ForgivingStream(Stream inner) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                inner.Write(buffer);
            }
            catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
            {
                // There is nobody left to tell.
            }
        }
    }
}
