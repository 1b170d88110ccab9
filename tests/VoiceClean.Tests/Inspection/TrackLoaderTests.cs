using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Formats;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class TrackLoaderTests
{
    private const int Rate = Talk.SampleRate;

    private static readonly float[] Voice = Talk.Synthetic(8, -23, -70, hasPauses: true).Samples;
    private static readonly float[] Other = Talk.Synthetic(8, -26, -70, hasPauses: true, seed: 2).Samples;
    private static readonly float[] Word = [.. Voice[..(2 * Rate)], .. new float[6 * Rate]];
    private static readonly float[] Noise = WhiteNoise.Gaussian(8 * Rate, 1, 0.1);
    private static readonly float[] Silence = new float[8 * Rate];

    [Fact]
    public void A_silent_first_track_gives_way_to_the_one_with_speech()
    {
        (AudioClip clip, TrackList list) = Load([(Silence, true), (Voice, false)]);
        Assert.Equal(Voice, clip.Samples.ToArray());
        Assert.Equal([0, 1], list.Tracks.Select(t => Math.Sign(t.SpeechS!.Value)));
        Warning warning = Assert.Single(clip.Warnings);
        Assert.Equal(WarningCodes.SeveralTracks, warning.Code);
        Assert.StartsWith(
            "The file has 2 audio tracks; track 2 is used, the only one in which speech was found.",
            warning.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 2)]
    public void Where_both_speak_the_mark_of_the_file_decides_and_it_is_said(bool first, bool second, int used)
    {
        (AudioClip clip, TrackList list) = Load([(Other, first), (Voice, second)]);
        Assert.Equal(used, list.Used.Track.Number);
        Assert.Equal(used == 1 ? Other : Voice, clip.Samples.ToArray());
        string message = Assert.Single(clip.Warnings).Message;
        Assert.Contains($"track {3 - used} has speech too", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_against_a_talk_is_no_tie()
    {
        (AudioClip clip, TrackList list) = Load([(Word, true), (Noise, false), (Voice, false)]);
        Assert.Equal(3, list.Used.Track.Number);
        Assert.Contains("which has the most speech", Assert.Single(clip.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_speaks_the_marked_track_is_taken_and_it_is_said()
    {
        (AudioClip clip, TrackList list) = Load([(Silence, false), (Noise, true)]);
        Assert.Equal(2, list.Used.Track.Number);
        Assert.Contains("no speech was found in any", Assert.Single(clip.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chosen_track_is_taken_without_a_word_and_nobody_listens()
    {
        (AudioClip clip, TrackList list) = Load([(Silence, true), (Voice, false)], track: 1);
        Assert.Equal(Silence, clip.Samples.ToArray());
        Assert.Empty(clip.Warnings);
        Assert.All(list.Tracks, t => Assert.Null(t.SpeechS));
    }

    [Fact]
    public void Speech_that_begins_after_minutes_is_found()
    {
        float[] late = [.. new float[6 * 60 * Rate], .. Voice];
        (_, TrackList list) = Load([(new float[late.Length], true), (late, false)]);
        Assert.Equal(2, list.Used.Track.Number);
    }

    [Fact]
    public void A_track_that_cannot_be_read_does_not_stand_in_the_way()
    {
        (AudioClip clip, TrackList list) = Load([([], true), (Voice, false)]);
        Assert.Equal(Voice, clip.Samples.ToArray());
        Assert.Equal(-1, list.Tracks[0].SpeechS);
    }

    [Theory]
    [InlineData(2, 3, "The file has 2 audio tracks; there is no track 3.")]
    [InlineData(1, 2, "The file has one audio track; there is no track 2.")]
    public void A_track_that_is_not_there_is_refused(int count, int track, string message)
    {
        (float[], bool)[] tracks = [.. Enumerable.Repeat((Voice, true), count)];
        InputException e = Assert.Throws<InputException>(() => Load(tracks, track));
        Assert.Equal((ReasonCodes.NoSuchTrack, message), (e.Code, e.Message));
    }

    [Theory]
    [InlineData("x.mkv", "-c:a aac")]
    [InlineData("x.mp4", "-c:a aac")]
    [InlineData("x.mp4", "-c:a aac -movflags frag_keyframe+empty_moov")]
    [InlineData("x.m4b", "-c:a:0 aac -c:a:1 alac -f mp4")]
    [InlineData("x.mov", "-c:a pcm_s16le")]
    [InlineData("x.webm", "-c:a libopus")]
    [InlineData("x.ogg", "-c:a libvorbis")]
    [InlineData("x.ogg", "-c:a libopus")]
    [InlineData("x.avi", "-c:a pcm_s16le")]
    [InlineData("x.ts", "-c:a mp2")]
    [InlineData("x.mpg", "-c:a mp2")]
    [InlineData("x.wma", "-c:a wmav2")]
    [InlineData("x.nut", "-c:a pcm_s16le")]
    public void Every_container_with_tracks_is_listened_to(string name, string settings)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["voice.wav"], TestWav.Pcm16(Rate, Voice));
        ExternalProgram.Ffmpeg([
            "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono:d=3", "-i", folder["voice.wav"], "-map", "0", "-map", "1",
            "-ar", "48000", .. settings.Split(' '), folder[name],
        ]);
        using AudioClip clip = TrackLoader.Load(
            File.OpenRead(folder[name]),
            name,
            new LoadOptions { SampleRate = Rate },
            AudioDecoders.CreateDefault(),
            CancellationToken.None);
        Assert.Equal(2, clip.Findings.Get<TrackList>().Used.Track.Number);
        Assert.InRange(clip.Duration.TotalSeconds, 8, Voice.Length / (double)Rate + 0.2);
        Assert.Contains(clip.Warnings, w => w.Code == WarningCodes.SeveralTracks);
    }

    private static (AudioClip Clip, TrackList List) Load((float[] Samples, bool IsDefault)[] tracks, int? track = null)
    {
        var decoders = new AudioDecoders();
        decoders.Add(new TrackDecoder(tracks));
        AudioClip clip = TrackLoader.Load(
            new MemoryStream([1, 2, 3]),
            "x.mkv",
            new LoadOptions { SampleRate = Rate, Track = track },
            decoders,
            CancellationToken.None);
        return (clip, clip.Findings.Get<TrackList>());
    }

    /// <summary>Delivers tracks from memory, whatever the file.</summary>
    private sealed class TrackDecoder((float[] Samples, bool IsDefault)[] tracks) : ITrackDecoder
    {
        public string Name => "tracks";

        public IReadOnlyList<FileFormat> Formats => [];

        public bool Recognizes(ReadOnlySpan<byte> header) => true;

        public IReadOnlyList<AudioTrack> TracksOf(Stream stream) =>
            [.. tracks.Select((t, i) => new AudioTrack(i + 1) { IsDefault = t.IsDefault })];

        public IAudioReader Open(Stream stream, DecodeLimits limits) => Open(stream, limits, 1);

        public IAudioReader Open(Stream stream, DecodeLimits limits, int track)
        {
            stream.Dispose();                  // as readers do
            return new ArrayReader(tracks[track - 1].Samples, new AudioFormat(Rate, 1));
        }
    }
}
