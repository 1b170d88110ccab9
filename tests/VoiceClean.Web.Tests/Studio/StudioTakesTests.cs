using VoiceClean.Web.Microphone;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

public class StudioTakesTests
{
    [Fact]
    public void Every_take_stays_until_the_studio_ends_however_many_follow()
    {
        var takes = new StudioTakes();
        StudioFile[] kept;
        using (takes)
        {
            kept = [.. Enumerable.Range(1, 9).Select(i => Add(takes, i))];
            Assert.Equal(kept, takes.All);
            Assert.Equal(
                Enumerable.Range(1, 9).Select(i => (i, 44L + (4 * i))),
                kept.Select(t => (int.Parse(t.Id[1..]), new FileInfo(t.Path).Length)));
        }

        Assert.DoesNotContain(kept, t => File.Exists(t.Path));
    }

    private static StudioFile Add(StudioTakes takes, int samples)
    {
        using var capture = new MicrophoneCapture(new MicrophoneFormat(44_100, 1));
        capture.Append(new byte[4 * samples]);
        return takes.Add(capture)!;
    }
}
