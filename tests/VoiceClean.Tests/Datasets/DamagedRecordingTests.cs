using VoiceClean.Datasets;
using VoiceClean.Errors;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>A trainer must not learn from a clip in which something is spliced or filled.</summary>
public class DamagedRecordingTests
{
    [Theory]
    [InlineData("talk.ogg", "-c:a libvorbis")]
    [InlineData("talk.mp3", "-q:a 4")]
    [InlineData("talk.mkv", "-c:a aac")]
    public void The_clips_around_a_hole_are_rejected_with_its_place_and_the_others_stay(string name, string settings)
    {
        Requires.Ffmpeg();
        using var set = new MadeSet();
        string wav = set.Put("anna/talk.wav", Talk.Synthetic(60, -20, -60, hasPauses: true, seed: 1).Samples);
        string path = Path.Combine(Path.GetDirectoryName(wav)!, name);
        ExternalProgram.Ffmpeg(["-i", wav, .. settings.Split(' '), path]);
        File.Delete(wav);
        byte[] file = File.ReadAllBytes(path);
        file.AsSpan(file.Length / 2, 600).Clear();
        File.WriteAllBytes(path, file);
        set.Make();
        ClipRecord[] rejected = [.. set.Clips.Where(c => c.Reason is not null)];
        Assert.InRange(rejected.Length, 1, 2);
        Assert.All(rejected, c =>
        {
            Assert.Equal(ReasonCodes.Damaged, c.Reason);
            Assert.Matches(@"^At \d+\.\d{3} s the recording is damaged", c.Message);
        });
        Assert.InRange(set.Accepted.Count, 4, 20);
        Assert.All(set.Accepted, c => Assert.DoesNotContain(rejected, r => r.StartS < c.EndS && r.EndS > c.StartS));
    }
}
