using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Filters;

/// <summary>
/// Keeps recursions out of denormal numbers: the state of a filter that hears digital silence decays towards zero for
/// ever, and below 1e-308 each operation takes a processor a hundred times as long.
/// </summary>
internal static class Denormals
{
    /// <summary>A state below this magnitude is forgotten: -600 dB, far above where denormals begin.</summary>
    public const double Negligible = 1e-30;

    /// <summary>The state, or 0 if it is negligible.</summary>
    /// <param name="state">Of a recursion.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Flush(double state) => Math.Abs(state) < Negligible ? 0 : state;

    /// <summary>Each state, or 0 where it is negligible.</summary>
    /// <param name="state">Of four recursions.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Flush(Vector256<double> state) =>
        Vector256.ConditionalSelect(
            Vector256.LessThan(Vector256.Abs(state), Vector256.Create(Negligible)),
            Vector256<double>.Zero,
            state);
}
