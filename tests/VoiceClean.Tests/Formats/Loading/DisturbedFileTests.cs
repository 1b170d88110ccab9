using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.Formats.Loading;

/// <summary>Files that somebody writes into while they are read.</summary>
public class DisturbedFileTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_is_written_to_while_it_is_read_is_refused(bool isWritten)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.wav"], new WavBuilder { Rate = 8000 }.Build(new byte[400_000]));
        File.SetLastWriteTimeUtc(folder["a.wav"], new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var stream = new DisturbedStream(folder["a.wav"], isWritten);
        void Read() =>
            ClipLoader.Load(
                stream,
                "a.wav",
                new LoadOptions(),
                AudioDecoders.CreateDefault(),
                TestContext.Current.CancellationToken).Dispose();
        if (isWritten)
        {
            Assert.Equal(ReasonCodes.IoError, Assert.Throws<InputException>(Read).Code);
        }
        else
        {
            Read();
        }
    }

    /// <summary>Once half of it was read, somebody writes into the file, whose length stays.</summary>
    private sealed class DisturbedStream(string path, bool isWritten)
        : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1)
    {
        public override int Read(Span<byte> buffer)
        {
            if (isWritten && Position > 200_000)
            {
                using var writer = new FileStream(Name, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                writer.Position = 300_000;
                writer.WriteByte(1);
            }

            return base.Read(buffer);
        }
    }
}
