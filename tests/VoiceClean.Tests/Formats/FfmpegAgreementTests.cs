using System.Globalization;
using System.Runtime.InteropServices;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>What we decode is what ffmpeg decodes: same length, same place, same samples.</summary>
public class FfmpegAgreementTests
{
    private const double Seconds = 1.2345;

    private static readonly string[] Mixture =
    [
        "0.2*sin(310*2*PI*t)+0.05*random(0)",
        "0.2*sin(450*2*PI*t)+0.05*random(1)",
        "0.2*sin(620*2*PI*t)+0.05*random(2)",
        "0.2*sin(60*2*PI*t)",
        "0.2*sin(900*2*PI*t)+0.05*random(4)",
        "0.2*sin(1100*2*PI*t)+0.05*random(5)",
    ];

    /// <summary>
    /// Seven formats, each with the SNR that two right decoders reach against each other [dB]; infinity = bit-exact.
    /// </summary>
    public static TheoryData<string, string, double> Formats => new()
    {
        { "wav", "-c:a pcm_s16le", double.PositiveInfinity },
        { "flac", "-c:a flac", double.PositiveInfinity },
        { "aiff", "-c:a pcm_s24be", double.PositiveInfinity },
        { "ogg", "-c:a libvorbis -q:a 5", 100 },
        { "opus", "-c:a libopus -mapping_family 1", 60 },
        { "mp3", "-c:a libmp3lame -b:a 128k", 100 },
        { "m4a", "-c:a aac -b:a 128k -aac_pns 0", 125 },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Length_and_samples_agree_for_three_rates_and_three_channel_counts(
        string format,
        string codec,
        double leastSnr)
    {
        Requires.Ffmpeg();
        Requires.SoundFile();
        (int Rate, int Channels)[] cases =
        [
            .. new[] { 16_000, 44_100, 48_000 }.SelectMany(rate =>
                (format == "mp3" ? new[] { 1, 2 } : [1, 2, 6]).Select(channels => (rate, channels))),
        ];
        string folder = Directory.CreateTempSubdirectory("voiceclean-").FullName;
        try
        {
            // All files in one call, and all decoded in another: starting ffmpeg costs more than what it does here.
            string[] paths = [.. cases.Select(c => Path.Combine(folder, $"{c.Rate}-{c.Channels}.{format}"))];
            ExternalProgram.Ffmpeg([
                .. cases.SelectMany(c => (string[])["-f", "lavfi", "-i", Source(c.Rate, c.Channels)]),
                .. paths.SelectMany((path, i) => (string[])["-map", $"{i}", .. codec.Split(' '), path])]);
            Decoded[] ours = [.. paths.Select(path => Decoded.From(File.OpenRead(path)))];
            ExternalProgram.Ffmpeg([
                // ffmpeg's own Opus decoder is 2 samples off.
                .. paths.SelectMany(path =>
                    (string[])[.. format == "opus" ? (string[])["-c:a", "libopus"] : [], "-i", path]),
                .. paths.SelectMany(
                    (path, i) =>
                        (string[])
                            [
                                "-map",
                                $"{i}:a:0",
                                "-ar",
                                $"{ours[i].Format.SampleRate}",
                                "-c:a",
                                "pcm_f32le",
                                "-f",
                                "f32le",
                                path + ".raw",
                            ]),
            ]);
            for (int i = 0; i < cases.Length; i++)
            {
                Compare(
                    format,
                    cases[i].Rate,
                    cases[i].Channels,
                    ours[i],
                    File.ReadAllBytes(paths[i] + ".raw"),
                    leastSnr);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Source(int rate, int channels)
    {
        string layout = channels switch { 1 => "mono", 2 => "stereo", _ => "5.1" };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"aevalsrc={string.Join('|', Mixture.Take(channels))}:c={layout}:s={rate}:d={Seconds}");
    }

    private static void Compare(string format, int rate, int channels, Decoded ours, byte[] raw, double leastSnr)
    {
        ReadOnlySpan<float> theirs = MemoryMarshal.Cast<byte, float>(raw);
        string what = $"{format}, {rate} Hz, {channels} channels";
        Assert.Empty(ours.Warnings);
        Assert.Equal(channels, ours.Format.Channels);
        if (format == "m4a")
        {
            // ffmpeg before 7 leaves the padding of the last AAC frame; we cut to the length that the file declares.
            Assert.InRange(theirs.Length / channels - ours.Length, 0, 1023);
            Assert.InRange(ours.Length, (int)(Seconds * rate), (int)(Seconds * rate) + 1);
        }
        else
        {
            Assert.Equal(theirs.Length / channels, ours.Length);
        }

        double snr = Snr(ours.Samples, theirs[..ours.Samples.Length]);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{what}: {ours.Length} samples, {snr:0.0} dB"));
        Assert.True(snr >= leastSnr, what);
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
