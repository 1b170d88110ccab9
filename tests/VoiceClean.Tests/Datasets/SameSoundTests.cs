using VoiceClean.Formats;
using VoiceClean.Testing.Signals;
using VoiceClean.Tests.Formats;
using Xunit;

namespace VoiceClean.Tests.Datasets;

public sealed class SameSoundTests : IDisposable
{
    private readonly MadeSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void A_copy_of_a_recording_in_another_form_is_named_and_stays_named()
    {
        float[] talk = Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 29).Samples;
        string first = _set.Put("anna/a.wav", talk);
        Directory.CreateDirectory(Path.Combine(_set.Inputs, "bob"));
        File.Copy(first, Path.Combine(_set.Inputs, "bob", "copy.wav"));
        float[] samples = Decoded.From(File.ReadAllBytes(first)).Samples;
        _set.Put("bob/float.wav", samples, encoding: SampleEncoding.IeeeFloat);
        int loudest = Array.IndexOf(samples, samples.Max());
        samples[loudest] -= 1f / 32768;                  // as near as another recording can be
        _set.Put("bob/other.wav", samples, encoding: SampleEncoding.IeeeFloat);
        var expected = new Dictionary<string, string>
        {
            ["bob/copy.wav"] = "anna/a.wav",
            ["bob/float.wav"] = "anna/a.wav",
        };
        Assert.Equal(expected, _set.Make().SameSound);
        Assert.Equal(expected, _set.Make().SameSound);   // a run that does nothing says it too

        File.Delete(Path.Combine(_set.Inputs, "anna", "a.wav"));
        Assert.Equal(
            new Dictionary<string, string> { ["bob/float.wav"] = "bob/copy.wav" },
            _set.Make().SameSound);
    }
}
