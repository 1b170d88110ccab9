using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Formats.Downmix;

/// <summary>Files of recorders with more than two tracks, which name no loudspeakers.</summary>
public class TracksTests
{
    private const int Rate = 48_000;

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 2)]
    [InlineData(6, 4)]
    public void Without_a_mask_a_voice_on_one_track_beside_noise_is_taken_alone(int channels, int voice)
    {
        float[][] tracks =
        [
            .. Enumerable.Range(0, channels).Select(c =>
                c == voice ? Speech(30) : WhiteNoise.Gaussian(3 * Rate, 31 + c, 0.01)),
        ];
        (float[] mono, MonoReader reader) = Mix(tracks);
        Assert.Equal(tracks[voice], mono);
        Assert.Equal([WarningCodes.UnknownLayout], reader.Warnings.Select(w => w.Code));
        Assert.Contains($"only channel {voice + 1} is used", reader.Warnings[0].Message);
    }

    [Fact]
    public void Without_a_mask_tracks_that_cancel_each_other_are_not_added()
    {
        float[] voice = Speech(40);
        (float[] mono, _) = Mix([voice, Waves.Scaled(voice, -1), new float[voice.Length]]);
        Assert.Equal(voice, mono);
    }

    private static (float[] Samples, MonoReader Reader) Mix(float[][] channels)
    {
        var reader = new MonoReader(
            new ArrayReader(Waves.Interleave(channels), new AudioFormat(Rate, channels.Length), 1000),
            ChannelChoice.Mix);
        return (Decoded.From(reader).Samples, reader);
    }

    // Syllables: noise, on and off four times a second.
    private static float[] Speech(int seed) =>
        [.. WhiteNoise.Gaussian(3 * Rate, seed, 0.1).Select((s, i) => i / 6000 % 2 == 0 ? s : 0.01f * s)];
}
