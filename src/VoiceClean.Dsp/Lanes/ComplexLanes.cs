using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Lanes;

/// <summary>
/// Eight complex numbers, real and imaginary parts apart. Fused operations are rounded once wherever they run, so the
/// bits are the same with and without AVX2.
/// </summary>
internal readonly struct ComplexLanes(Vector256<float> re, Vector256<float> im)
{
    public readonly Vector256<float> Re = re;
    public readonly Vector256<float> Im = im;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ComplexLanes Load(float* re, float* im, nint at) =>
        new(Vector256.Load(re + at), Vector256.Load(im + at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator +(ComplexLanes a, ComplexLanes b) => new(a.Re + b.Re, a.Im + b.Im);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator -(ComplexLanes a, ComplexLanes b) => new(a.Re - b.Re, a.Im - b.Im);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator *(ComplexLanes a, ComplexLanes b) => new(
        Vector256.FusedMultiplyAdd(a.Re, b.Re, -(a.Im * b.Im)), Vector256.FusedMultiplyAdd(a.Re, b.Im, a.Im * b.Re));

    /// <summary>-i·z, a turn by -90 degrees.</summary>
    public ComplexLanes TurnedBack
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Im, -Re);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* re, float* im, nint at)
    {
        Re.Store(re + at);
        Im.Store(im + at);
    }
}
