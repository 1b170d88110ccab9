using System.Runtime.Intrinsics;
using MathNet.Numerics;
using VoiceClean.Dsp.Speech;
using Xunit;

namespace VoiceClean.Dsp.Tests.Speech;

public class LogSpectralAmplitudeTests
{
    [Fact]
    public void V_times_exp_E1_agrees_with_the_exponential_integral_to_1e_6()
    {
        for (double v = 1e-6; v < 1000; v *= 1.01)
        {
            double expected = v > 600 ? v : v * Math.Exp(SpecialFunctions.ExponentialIntegral(v, 1));
            float actual = LogSpectralAmplitude.VTimesExpE1(Vector256.Create((float)v))[0];
            Assert.InRange(actual / expected, 1 - 1e-6, 1 + 1e-6);
        }
    }

    [Fact]
    public void The_gain_never_exceeds_one_and_grows_with_the_prior()
    {
        foreach (float gamma in new[] { 0f, 1e-6f, 0.01f, 0.5f, 1f, 3f, 30f, 1000f })
        {
            float last = 0;
            for (float xi = 1e-3f; xi < 1e4f; xi *= 2)
            {
                float power = LogSpectralAmplitude.SpeechPower(Vector256.Create(xi), Vector256.Create(gamma))[0];
                Assert.InRange(power, last, gamma);
                last = power;
            }
        }
    }
}
