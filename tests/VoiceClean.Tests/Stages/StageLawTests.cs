using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Stages;
using VoiceClean.Stages.Noisereduce;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Stages.SuppressClicks;
using VoiceClean.Testing;
using Xunit;

namespace VoiceClean.Tests.Stages;

/// <summary>The laws of stages, for every stage in the catalogue.</summary>
public class StageLawTests
{
    private static readonly StageCatalog Catalog = StageCatalog.CreateDefault();

    public static TheoryData<string, string> StagesAndLaws =>
        [.. Catalog.Names.SelectMany(stage => Of(stage).Names.Select(law => (stage, law)))];

    public static TheoryData<string> Stages => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(StagesAndLaws))]
    public void A_stage_keeps_the_law(string stage, string law) => Of(stage).Check(law);

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_stage_answers_to_the_name_it_is_registered_under(string name)
        => Assert.Equal(name, Catalog.Create(name, new CleaningOptions()).Name);

    private static StageLaws Of(string name) =>
        new(rate => Catalog.Create(name, new CleaningOptions { SampleRate = rate }))
        {
            // Denoising stages do nothing without a profile, which would make their laws empty.
            Before = name is "spectral-gate" or "noisereduce" ? LearnNoise : null,
            CreateTransparent = Transparent(name),
            PromisesScaleInvariance = name is "high-pass",
        };

    private static void LearnNoise(AudioClip clip) =>
        Catalog.Create("estimate-noise", new CleaningOptions()).Process(clip, CancellationToken.None);

    private static Func<IStage>? Transparent(string name) =>
        name switch
        {
            "spectral-gate" => () => new SpectralGateStage(new SpectralGateOptions { Strength = 0 }),
            "noisereduce" => () => new NoisereduceStage(new NoisereduceOptions { Strength = 0 }),
            "suppress-clicks" => () => new SuppressClicksStage(new SuppressClicksOptions { Strength = 0 }),
            // They only look.
            "quality-gate" or "estimate-noise" => () => Catalog.Create(name, new CleaningOptions()),
            _ => null,
        };
}
