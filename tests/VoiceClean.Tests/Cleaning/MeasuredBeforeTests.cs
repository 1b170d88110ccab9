using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Inspection;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Datasets;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

public class MeasuredBeforeTests
{
    [Fact]
    public void What_a_report_says_of_the_recording_does_not_depend_on_where_it_is_measured()
    {
        var plain = new CleaningOptions();
        CleaningOptions[] ways =
        [
            plain,
            plain with { Gate = new QualityGateOptions { Policy = GatePolicy.Off } },
            plain with { SpectralGate = new SpectralGateOptions { Strength = 0 } },
            plain with { Stages = ["strip-silence", "normalize-loudness"] },
            plain with { Stages = ["high-pass", "quality-gate", "remove-hum"] },
        ];
        foreach ((string name, float[] samples) in JudgedRecordings.Made(30))
        {
            byte[] wav = TestWav.Pcm16(JudgedRecordings.SampleRate, samples);
            Measurements inspected = new InspectionPipeline(plain, isGate: false).Inspect(Job(name, wav)).Before!;
            Measurements expected = Common(inspected);
            Assert.All(
                ways,
                way => Assert.Equal(
                    (name, expected),
                    (name, Common(new CleaningPipeline(way).Clean(Job(name, wav)).Before!))));
        }
    }

    // Without what only an inspection looks for.
    private static Measurements Common(Measurements measured) => measured with
    {
        SpectralTiltDbPerOctave = null,
        NoiseColourDbPerOctave = null,
        TonesHeldShare = null,
        TonesSteadiness = null,
    };

    private static ClipJob Job(string name, byte[] wav) => new()
    {
        Id = name,
        InputPath = name,
        OutputPath = name,
        OpenInput = () => new MemoryStream(wav, writable: false),
        Publish = write => write(Stream.Null),
    };
}
