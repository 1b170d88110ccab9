using System.Runtime.CompilerServices;

namespace VoiceClean.Errors;

/// <summary>
/// Range checks of options, so that a wrong value fails where it is given, with its name and its range.
/// </summary>
public static class Check
{
    /// <summary>
    /// Returns <paramref name="value"/> if it lies in [<paramref name="minimum"/>, <paramref name="maximum"/>]; NaN
    /// never does.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside or is not a number.</exception>
    public static double InRange(double value, double minimum, double maximum, [CallerMemberName] string name = "")
        => value >= minimum && value <= maximum
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                FormattableString.Invariant($"{name} must lie between {minimum} and {maximum}."));

    /// <summary>
    /// Returns <paramref name="value"/> if it lies in [<paramref name="minimum"/>, <paramref name="maximum"/>].
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside.</exception>
    public static int InRange(int value, int minimum, int maximum, [CallerMemberName] string name = "")
        => value >= minimum && value <= maximum
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                FormattableString.Invariant($"{name} must lie between {minimum} and {maximum}."));

    /// <summary>
    /// Returns <paramref name="value"/> if it lies in [<paramref name="minimum"/>, <paramref name="maximum"/>].
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside.</exception>
    public static TimeSpan InRange(
        TimeSpan value,
        TimeSpan minimum,
        TimeSpan maximum,
        [CallerMemberName] string name = "") =>
        value >= minimum && value <= maximum
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                value,
                FormattableString.Invariant(
                    $"{name} must lie between {minimum.TotalSeconds} s and {maximum.TotalSeconds} s."));
}
