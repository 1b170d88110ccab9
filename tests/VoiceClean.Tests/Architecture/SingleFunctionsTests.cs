using System.Text.RegularExpressions;
using Xunit;

namespace VoiceClean.Tests.Architecture;

/// <summary>
/// Results must be the same bits whatever C library there is: functions of single precision that glibc 2.41 rounds
/// in another way than 2.40 are computed in double.
/// </summary>
public partial class SingleFunctionsTests
{
    [GeneratedRegex(@"(MathF|float)\.(Acosh?|Asinh?|Atan2?|Atanh|Cbrt|Cosh|Log10|Sinh|Tanh?)\b")]
    private static partial Regex Changed();

    [Fact]
    public void No_source_uses_a_function_whose_last_bit_depends_on_the_C_library() =>
        Assert.DoesNotContain(
            SourceTree.Files(Path.Combine(SourceTree.Root, "src"), ".cs"),
            f => Changed().IsMatch(File.ReadAllText(f)));
}
