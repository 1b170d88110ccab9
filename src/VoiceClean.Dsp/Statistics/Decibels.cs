namespace VoiceClean.Dsp.Statistics;

/// <summary>Conversions between linear values and decibels. Zero and below give minus infinity, never NaN.</summary>
public static class Decibels
{
    /// <summary>20·log10(<paramref name="amplitude"/>) [dB].</summary>
    public static double FromAmplitude(double amplitude) =>
        amplitude > 0 ? 20 * Math.Log10(amplitude) : double.NegativeInfinity;

    /// <summary>10·log10(<paramref name="power"/>) [dB].</summary>
    public static double FromPower(double power) => power > 0 ? 10 * Math.Log10(power) : double.NegativeInfinity;

    /// <summary>10^(<paramref name="decibels"/>/20).</summary>
    public static double ToAmplitude(double decibels) => Math.Pow(10, decibels / 20);

    /// <summary>10^(<paramref name="decibels"/>/10).</summary>
    public static double ToPower(double decibels) => Math.Pow(10, decibels / 10);
}
