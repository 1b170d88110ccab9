using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>What we decode is what ffmpeg decodes: same length, same place, same samples.</summary>
public class FfmpegAgreementTests
{
    private static readonly string[] Mixture =
    [
        "0.2*sin(310*2*PI*t)+0.05*random(0)", "0.2*sin(450*2*PI*t)+0.05*random(1)", "0.2*sin(620*2*PI*t)+0.05*random(2)",
        "0.2*sin(60*2*PI*t)", "0.2*sin(900*2*PI*t)+0.05*random(4)", "0.2*sin(1100*2*PI*t)+0.05*random(5)",
    ];

    /// <summary>Seven formats, each with the SNR that two right decoders reach against each other [dB]; infinity = bit-exact.</summary>
    public static TheoryData<string, string, double> Formats => new()
    {
        { "wav", "-c:a pcm_s16le", double.PositiveInfinity },
        { "flac", "-c:a flac", double.PositiveInfinity },
        { "aiff", "-c:a pcm_s24be", double.PositiveInfinity },
        { "ogg", "-c:a libvorbis -q:a 5", 100 },
        { "opus", "-c:a libopus -mapping_family 1", 100 },
        { "mp3", "-c:a libmp3lame -b:a 128k", 100 },
        { "m4a", "-c:a aac -b:a 128k", double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Length_and_samples_agree_for_three_rates_and_three_channel_counts(string format, string codec, double leastSnr)
    {
        Tools.NeedFfmpeg();
        Tools.NeedSoundFile();
        foreach (int rate in new[] { 16_000, 44_100, 48_000 })
        {
            foreach (int channels in format == "mp3" ? new[] { 1, 2 } : [1, 2, 6])
            {
                Compare(format, codec, rate, channels, leastSnr);
            }
        }
    }

    private static void Compare(string format, string codec, int rate, int channels, double leastSnr)
    {
        string path = Path.Combine(Path.GetTempPath(), $"voiceclean-{Guid.NewGuid():N}.{format}");
        try
        {
            string layout = channels switch { 1 => "mono", 2 => "stereo", _ => "5.1" };
            string source = string.Create(CultureInfo.InvariantCulture, $"aevalsrc={string.Join('|', Mixture.Take(channels))}:c={layout}:s={rate}:d=1.2345");
            Tools.Ffmpeg(["-f", "lavfi", "-i", source, .. codec.Split(' '), path]);
            Decoded ours = Decoded.From(File.OpenRead(path));
            byte[] raw = Tools.Ffmpeg("-i", path, "-map", "0:a:0", "-ar", ours.Format.SampleRate.ToString(CultureInfo.InvariantCulture), "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1");
            ReadOnlySpan<float> theirs = MemoryMarshal.Cast<byte, float>(raw);
            string what = $"{format}, {rate} Hz, {channels} channels";

            Assert.Empty(ours.Warnings);
            Assert.Equal(channels, ours.Format.Channels);
            int promised = (int)Math.Round(1.2345 * rate, MidpointRounding.ToZero);
            if (format == "m4a")
            {
                // ffmpeg before 7 leaves the padding of the last AAC frame; we cut to the length that the file declares.
                Assert.InRange(theirs.Length / channels - ours.Length, 0, 1023);
                Assert.InRange(ours.Length, promised, promised + 1);
            }
            else
            {
                Assert.Equal(theirs.Length / channels, ours.Length);
            }

            // Opus is decoded at the rate it was recorded in, ffmpeg always decodes at 48 kHz: then only lengths can agree.
            if (format != "opus" || rate == 48_000)
            {
                Assert.True(Snr(ours.Samples, theirs[..ours.Samples.Length]) >= leastSnr, what);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double Snr(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double signal = 0, noise = 0;
        for (int i = 0; i < a.Length; i++)
        {
            signal += (double)b[i] * b[i];
            noise += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        }

        return noise == 0 ? double.PositiveInfinity : 10 * Math.Log10(signal / noise);
    }
}
