using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>How far noise is turned down, and why not as far as was asked for.</summary>
/// <param name="AskedDb">What the strength asks for [dB].</param>
/// <param name="Db">What is done [dB].</param>
/// <param name="RumbleDb">What is done below the voice [dB]; at least <paramref name="Db"/>.</param>
/// <param name="Limit">What holds it back most: <see cref="ShortClip"/>, <see cref="CleanAlready"/>, <see
/// cref="UnlikeNoise"/>, <see cref="Restless"/>, <see cref="LouderElsewhere"/>, <see cref="UnlikeNamed"/>; null if
/// nothing does.</param>
internal readonly record struct GateDepth(double AskedDb, double Db, double RumbleDb, string? Limit)
{
    /// <summary>The clip is too short for a trustworthy profile.</summary>
    public const string ShortClip = "short_clip";

    /// <summary>Speech stands so far out of the noise that nothing is left to do.</summary>
    public const string CleanAlready = "clean_already";

    /// <summary>What the profile was learnt from looks like ends of words.</summary>
    public const string UnlikeNoise = "unlike_noise";

    /// <summary>The noise changes so much that part of it was kept.</summary>
    public const string Restless = "restless";

    /// <summary>The noise is louder elsewhere than where it was learnt, and that was kept.</summary>
    public const string LouderElsewhere = "louder_elsewhere";

    /// <summary>The noise that the user named is not that of the clip.</summary>
    public const string UnlikeNamed = "unlike_named";

    // less is not worth a word
    private const double NoticeableDb = 0.05;

    /// <summary>Whether what lies below the voice is turned down by a decibel more than the rest.</summary>
    public bool IsDeeperBelow => RumbleDb >= Db + 1;

    /// <summary>All that was asked for, everywhere.</summary>
    public GateDepth Full => new(AskedDb, AskedDb, AskedDb, null);

    /// <summary>What was done, if that is less than was wanted. What lies below the voice is then not told apart:
    /// nobody has measured how far it fell.</summary>
    /// <param name="fall">How far the pauses fell. The mean decides, and the lesser is said: a noise that swells is
    /// heard where it is loud. What comes later and stays, loud enough to be heard, decides too.</param>
    /// <param name="isNamed">Whether the user named the noise.</param>
    public GateDepth Seen(PauseFall fall, bool isNamed)
    {
        bool isLess = Db - fall.MeanDb >= GateConstants.PauseLessDb;
        if (!isLess && !ComesLater(fall))
        {
            return this;
        }

        double fell = Math.Max(0, Math.Min(fall.MeanDb, fall.PowerDb));
        fell = isLess ? fell : Math.Max(0, Math.Min(fell, fall.QuietDb));
        return this with
        {
            Db = fell,
            RumbleDb = fell,
            Limit = isNamed ? UnlikeNamed : isLess ? Restless : LouderElsewhere,
        };
    }

    // Heard in many of the pauses, or so loud in a few that it is next to the voice.
    private bool ComesLater(PauseFall fall) =>
        (Db - fall.PowerDb >= GateConstants.PauseLouderDb
            && Db - fall.QuietDb >= GateConstants.PauseQuietDb
            && fall.LeftDb > GateConstants.PauseHeardDb)
        || (Db - fall.QuietDb >= GateConstants.PauseKeptDb && fall.LeftDb > GateConstants.PauseLoudDb);

    /// <summary>Decides for one clip.</summary>
    /// <param name="strength">0 to 1.</param>
    /// <param name="profile">The noise.</param>
    /// <param name="snrDb">Speech above it, 125 Hz to 12.5 kHz [dB].</param>
    /// <param name="rumbleSnrDb">Speech above what lies below the voice [dB].</param>
    public static GateDepth Of(double strength, NoiseProfile profile, double snrDb, double rumbleSnrDb)
    {
        double asked = GateConstants.MaximumAttenuationDb * strength,
            trusted = profile.IsScarce ? Math.Min(asked, GateConstants.ScarceAttenuationDb) : asked,
            needed = Needed(profile, snrDb, trusted),
            done = needed * LikeNoise(profile, snrDb),
            rumble = GateConstants.RumbleSlope * (GateConstants.RumbleTargetSnrDb - rumbleSnrDb);
        (double Db, string Limit) most = (asked - trusted, ShortClip);
        most = trusted - needed > most.Db ? (trusted - needed, CleanAlready) : most;
        most = needed - done > most.Db ? (needed - done, UnlikeNoise) : most;
        return new GateDepth(
            asked,
            done,
            Math.Clamp(rumble, done, trusted),
            asked - done > NoticeableDb ? most.Limit : null);
    }

    // What is proven or holds still is noise; anything else may be ends of words, and is left sooner.
    private static double Needed(NoiseProfile profile, double snrDb, double most)
    {
        double proven = Math.Clamp(GateConstants.TargetSnrDb - snrDb, 0, most),
            unproven = Math.Clamp(
                GateConstants.UnprovenSlope * (GateConstants.UnprovenTargetSnrDb - snrDb),
                0,
                most),
            unsteady = Math.Clamp(
                (profile.ScatterDb - GateConstants.SteadyScatterDb)
                    / (GateConstants.UnsteadyScatterDb - GateConstants.SteadyScatterDb),
                0,
                1);
        return profile.IsVerified ? proven : proven + (unsteady * (unproven - proven));
    }

    // What a user names is noise. Restless noise is known from ends of words by what stands above it: in a clip whose
    // speech stands far out, they are quiet.
    private static double LikeNoise(NoiseProfile profile, double snrDb)
    {
        if (profile.IsNamed)
        {
            return 1;
        }

        double more =
            (profile.HasSilentPauses ? 0 : GateConstants.RestlessScatterDb)
            * Math.Clamp(
                (GateConstants.RestlessUntilSnrDb - snrDb)
                    / (GateConstants.RestlessUntilSnrDb - GateConstants.RestlessSnrDb),
                0,
                1);
        double none = GateConstants.SpeechScatterDb + more, all = GateConstants.NoiseScatterDb + more;
        return Math.Clamp((none - profile.ScatterDb) / (none - all), 0, 1);
    }
}
