using VoiceClean.Cleaning.Options;
using VoiceClean.Inspection;
using VoiceClean.Stages.StripSilence;

namespace VoiceClean.Cleaning;

/// <summary>
/// The order of the stages when none is asked for: what hides speech goes first, loudness last, so that it is measured
/// on what remains.
/// </summary>
public static class StandardChain
{
    /// <summary>
    /// What <paramref name="stages"/> lacks so that each of them does something: a denoiser needs the noise that an
    /// earlier stage has learnt. Null if nothing. Stages of other makers may bring what ours would, so this is advice.
    /// </summary>
    public static string? FindGap(IReadOnlyList<string> stages, CleaningOptions options)
    {
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentNullException.ThrowIfNull(options);
        string? denoiser = stages
            .TakeWhile(s => s != "estimate-noise")
            .FirstOrDefault(s => s == "spectral-gate" || (s == "noisereduce" && options.Noisereduce.Stationary));
        return denoiser is null
            ? null
            : $"the stage {denoiser} does nothing without noise to go by; put estimate-noise before it";
    }

    /// <summary>
    /// Names of the stages that <paramref name="options"/> ask for. Strength 0 leaves every denoising stage out, so
    /// that the samples pass bit for bit.
    /// </summary>
    public static IReadOnlyList<string> For(CleaningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double strength = Strength(options);
        var chain = new List<string>();
        if (strength > 0)
        {
            chain.AddRange(["high-pass", "remove-hum"]);
        }

        // Hum and rumble do not drown a voice, and what they leave need not be copied to be judged.
        if (options.Gate.Policy != GatePolicy.Off)
        {
            chain.Add("quality-gate");
        }

        if (strength > 0)
        {
            chain.AddRange(["suppress-clicks", "tame-transients", "estimate-noise", options.Denoiser]);
        }

        AddFraming(options, strength > 0, chain);
        return chain;
    }

    // Where it begins and ends, and how loud it is.
    private static void AddFraming(CleaningOptions options, bool isDenoised, List<string> chain)
    {
        // A bump is neither speech, where silence begins, nor the level of anything.
        if (!isDenoised && options.Loudness.TargetLufs is not null)
        {
            chain.Add("tame-transients");
        }

        if (options.Silence.Mode != SilenceMode.Off)
        {
            chain.Add("strip-silence");
        }

        if (options.Compress.Enabled)
        {
            chain.Add("compress");
        }

        if (options.Loudness.TargetLufs is not null)
        {
            chain.Add("normalize-loudness");
        }
    }

    private static double Strength(CleaningOptions options) => options.Denoiser switch
    {
        "off" => 0,
        "noisereduce" => options.Noisereduce.Strength,
        _ => options.SpectralGate.Strength,
    };
}
