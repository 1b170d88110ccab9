using System.Runtime.InteropServices;
using VoiceClean.Errors;
using VoiceClean.Formats.Mp3;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Mp3;

/// <summary>What an MP3 says about its length is never believed: all frames come out, and only they.</summary>
public class MpegLengthTests
{
    // A start that is loud and an end that is quiet: a guess from the first frames' bitrate is far too short.
    private const string Loud = "aevalsrc=(0.4*random(0)+0.2*sin(700*t))*if(lt(t\\,1)\\,1\\,0.02):s=44100:d=6";

    private static byte[] Mp3(string settings)
    {
        Requires.Ffmpeg();
        Requires.SoundFile();
        string[] output = ["-c:a", "libmp3lame", .. settings.Split(' '), "-f", "mp3", "-"];
        return ExternalProgram.Ffmpeg(["-f", "lavfi", "-i", Loud, .. output]);
    }

    /// <summary>With the header that needs a file to go back in.</summary>
    private static byte[] Mp3File(string settings)
    {
        Requires.Ffmpeg();
        Requires.SoundFile();
        string path = Path.Combine(Path.GetTempPath(), $"voiceclean-{Guid.NewGuid():N}.mp3");
        try
        {
            ExternalProgram.Ffmpeg(["-f", "lavfi", "-i", Loud, "-c:a", "libmp3lame", .. settings.Split(' '), path]);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static float[] Reference(byte[] file)
    {
        string path = Path.Combine(Path.GetTempPath(), $"voiceclean-{Guid.NewGuid():N}.mp3");
        try
        {
            File.WriteAllBytes(path, file);
            return MemoryMarshal.Cast<byte, float>(ExternalProgram.Ffmpeg("-i", path, "-f", "f32le", "-")).ToArray();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("-q:a 4")]
    [InlineData("-q:a 0")]
    [InlineData("-q:a 9")]
    [InlineData("-q:a 4 -ar 16000")]
    [InlineData("-q:a 4 -ac 2")]
    [InlineData("-b:a 96k -abr 1")]
    [InlineData("-b:a 128k")]
    [InlineData("-b:a 16k -ar 8000")]
    public void A_stream_without_a_header_comes_out_whole_and_in_its_place(string settings)
    {
        byte[] file = Mp3(settings);
        Decoded decoded = Decoded.From(file);
        float[] expected = Reference(file);
        Assert.Equal(expected.Length, decoded.Samples.Length);
        Assert.Empty(decoded.Warnings);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(decoded.Samples[i] - expected[i], -1e-5f, 1e-5f);
        }
    }

    [Fact]
    public void Joined_files_come_out_whole_though_the_first_speaks_only_of_itself()
    {
        byte[] one = Mp3File("-q:a 4"), two = Mp3File("-b:a 128k");
        int first = Decoded.From(one).Length, second = Decoded.From(two).Length;
        Decoded joined = Decoded.From([.. one, .. two]);
        Assert.Equal(Decoded.From(one).Samples[..(first - 2000)], joined.Samples[..(first - 2000)]);
        Assert.InRange(joined.Length, first + second, first + second + 4 * 1152);
    }

    [Fact]
    public void A_cut_file_says_how_long_it_declared_to_be()
    {
        byte[] file = Mp3File("-b:a 128k");
        Decoded decoded = Decoded.From(file[..(file.Length / 2)]);
        Assert.InRange(decoded.Length, 2.9 * 44_100, 3.1 * 44_100);
        Warning warning = Assert.Single(decoded.Warnings);
        Assert.Equal(WarningCodes.Truncated, warning.Code);
        Assert.Contains("where it declares 6.0", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_are_counted_through_tags_and_foreign_bytes()
    {
        byte[] file = Mp3("-b:a 128k");
        MpegStream plain = MpegStream.Count(new MemoryStream(file))!;
        byte[] tag = [.. "ID3\u0004\0\0\0\0\u0001\0"u8, .. new byte[128]];
        byte[] end = [.. "TAG"u8, .. new byte[125]];
        MpegStream tagged = MpegStream.Count(new MemoryStream([.. tag, .. file, .. tag, .. file, .. end]))!;
        Assert.Equal(2 * plain.Frames, tagged.Frames);
        Assert.Empty(tagged.Holes);
        MpegStream dirty = MpegStream.Count(new MemoryStream([.. file, .. new byte[5000], .. file]))!;
        Assert.Equal(2 * plain.Frames, dirty.Frames);
        Assert.InRange(Assert.Single(dirty.Holes), 11, 13);     // 5000 bytes in frames of 418
    }

    [Fact]
    public void Two_hundred_damaged_copies_are_counted_or_refused()
    {
        byte[] file = Mp3File("-q:a 4");
        var random = new Random(15);
        for (int copy = 0; copy < 200; copy++)
        {
            byte[] damaged = [.. file[..random.Next(100, file.Length)]];
            for (int i = random.Next(1, 50); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            long frames = MpegStream.Count(new MemoryStream(damaged))?.Frames ?? 0;
            Assert.InRange(frames, 0, damaged.Length / 24);
        }
    }
}
