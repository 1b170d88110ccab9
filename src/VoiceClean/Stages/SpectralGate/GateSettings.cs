namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// The constants of the gate, in physical units, in one place. Every one was chosen by measurement (see the remarks of
/// each).
/// </summary>
internal static class GateSettings
{
    /// <summary>
    /// Deepest attenuation at strength 1 [dB]. Depth costs little speech: 8 to 24 dB lowers the speech-to-distortion
    /// ratio by 2 dB.
    /// </summary>
    public const double MaxAttenuationDb = 24;

    /// <summary>
    /// How much deeper than in pauses noise is turned down while somebody speaks [dB], where it lies between louder
    /// partials that mask it; not so beside fricatives. It lowers the log-spectral distance by 0.3 to 0.6 dB and raises
    /// SI-SDR by 0.1 to 0.2 dB.
    /// </summary>
    public const double MaskedDb = 4;

    /// <summary>
    /// Half width of the triangle over time by which fricatives are spared from <see cref="MaskedDb"/> [s]: what is
    /// left of the noise must not flutter.
    /// </summary>
    public const double SparedSeconds = 0.032;

    /// <summary>
    /// Attenuation from which the gate takes all it may [dB]; below it <see cref="MaskedDb"/> and the depth of the gain
    /// grow with the square of the attenuation, so that mild settings take what they say and are mild to the speech.
    /// </summary>
    public const double FullDb = 14.4;

    /// <summary>
    /// Time constant of the decision-directed recursion, -hop/ln α with α = 0.9685 at 8 ms [s]. Shorter than the usual
    /// 0.4 s because two directions agree.
    /// </summary>
    public const double PriorSeconds = 0.25;

    /// <summary>Least a-priori SNR (-25 dB).</summary>
    public const float LeastPrior = 0.00316228f;

    /// <summary>
    /// A frame is weak up to <see cref="WeakFrameDb"/> over the noise (its band against that of the noise, speech and
    /// noise together) and strong from
    /// <see cref="StrongFrameDb"/> on: the louder speech is, the more of the noise it masks and the more a loss would
    /// be heard.
    /// </summary>
    public const float WeakFrameDb = 0, StrongFrameDb = 5;

    /// <summary>
    /// Depth of the gain in strong and in weak frames: 0 is √W, which restores the power of the speech, 1 the Wiener
    /// gain W, which has the least error, 2 is W². At nearly the same SI-SDR, 0.5 instead of 1 keeps 1 dB more of the
    /// speech.
    /// </summary>
    public const float StrongFrameDepth = 0.3f, WeakFrameDepth = 1.25f, DeepestGain = 2;

    /// <summary>
    /// What the depth gains towards high frequencies where they hold no fricative: beside a strong voice they are
    /// mostly noise.
    /// </summary>
    public const float HighDepth = 1;

    /// <summary>
    /// Bands of the voice and of fricatives [Hz], whose levels over the noise are compared; a frame begins and ends
    /// where they do.
    /// </summary>
    public const double FrameLowHz = 100, VoiceHighHz = 3000, FrameFricativeHz = 4000, FrameHighHz = 10_000;

    /// <summary>
    /// Level of the band of fricatives against that of the voice, both without the noise, from which the former begins
    /// to matter and from which it does fully [dB]. There the gain of high frequencies is √W however weak the frame:
    /// consonants are worth more than what SI-SDR counts them for.
    /// </summary>
    public const float FricativeFromDb = -10, FricativeFullDb = -5;

    /// <summary>Half width of the presence kernel in time [s].</summary>
    public const double PresenceSeconds = 0.048;

    /// <summary>
    /// Half width of the presence kernel in frequency for voiced speech, whose partials are narrow [Hz].
    /// </summary>
    public const double PresenceLowHz = 94;

    /// <summary>Half width of the presence kernel in frequency for fricatives, which are broad [Hz].</summary>
    public const double PresenceHighHz = 312;

    /// <summary>
    /// Below it the narrow kernel decides, above <see cref="FricativeHighHz"/> the broad one; linear in between [Hz].
    /// </summary>
    public const double FricativeLowHz = 2500;

    /// <summary>See <see cref="FricativeLowHz"/>.</summary>
    public const double FricativeHighHz = 4500;

    /// <summary>
    /// Smoothed a-posteriori SNR up to which there is noise alone, and from which there is surely speech, in weak
    /// frames.
    /// </summary>
    public const float AbsentBelow = 1.7f, PresentAbove = 2.25f;

    /// <summary>
    /// The same in strong frames, in which speech is more likely everywhere; in between, in proportion to the level.
    /// </summary>
    public const float StrongAbsentBelow = 1, StrongPresentAbove = 1.4f;

    /// <summary>The same for the broad kernel, whose mean scatters less, in all frames.</summary>
    public const float BroadAbsentBelow = 1.35f, BroadPresentAbove = 1.6f;

    /// <summary>The same for evidence that a frame is speech at all, which must be beyond doubt.</summary>
    public const float EvidentFrom = 2.3f, EvidentAbove = 2.9f;

    /// <summary>
    /// Time constant of the noise tracker [s]. Faster ones (72 ms) leak speech into the noise and cost 1 dB of SI-SDR.
    /// </summary>
    public const double TrackSeconds = 0.6;

    /// <summary>
    /// Time constant of the tracker's long-term presence, which keeps it from freezing [s] (Gerkmann and Hendriks
    /// 2012).
    /// </summary>
    public const double TrackPresenceSeconds = 0.152;

    /// <summary>
    /// A-priori SNR of speech that the tracker expects. 15 dB in the paper; less here because its cells are means of
    /// two frames.
    /// </summary>
    public const double TrackPrior = 12;

    /// <summary>
    /// Where all but a tenth of the bands stand further above the profile than this, the noise is taken to have risen
    /// [dB].
    /// </summary>
    public const double LiftMarginDb = 0.3;

    /// <summary>Most lift of the noise level [dB].</summary>
    public const double MaxLiftDb = 12;

    /// <summary>A rise of the noise is one that lasts at least this long; louder syllables are shorter [s].</summary>
    public const double LiftSeconds = 0.288;

    /// <summary>
    /// Restless noise is worse than its mean: the noise power is raised by this many decibels per decibel of scatter
    /// beyond <see cref="CalmScatterDb"/>, up to <see cref="MaxBiasDb"/>. On stationary noise it would cost speech for
    /// nothing.
    /// </summary>
    public const double BiasPerScatter = 0.6, CalmScatterDb = 2, MaxBiasDb = 2;

    /// <summary>
    /// Below the lowest voices there is nothing to keep, and wind, rain and traffic have most of their energy there
    /// [Hz]. The noise of these bins is raised by up to
    /// <see cref="UnvoicedBiasDb"/> where the speech of the clip as a whole, which leaks into them from its
    /// fundamental, stands no more than
    /// <see cref="UnvoicedSnrDb"/> over the noise, and not at all from <see cref="LeakingSnrDb"/> on.
    /// </summary>
    public const double UnvoicedBelowHz = 80, UnvoicedBiasDb = 12, UnvoicedSnrDb = 0, LeakingSnrDb = 8;

    /// <summary>
    /// Share of a region that must be present for a frame to begin to count as speech; twice that counts fully.
    /// </summary>
    public const float FrameEvidence = 0.2f;

    /// <summary>How long the region's presence is averaged, ± [s].</summary>
    public const double EvidenceSeconds = 0.080;

    /// <summary>How far speech reaches around its evidence, so that onsets and endings pass, ± [s].</summary>
    public const double HoldSeconds = 0.096;

    /// <summary>Ramp between speech and pause, ± [s].</summary>
    public const double RampSeconds = 0.048;

    /// <summary>
    /// Clips whose speech lies this far above the noise pass untouched [dB]; below it the noise is lowered to it at
    /// most.
    /// </summary>
    public const double TargetSnrDb = 40;

    /// <summary>
    /// Scatter of the profile's frames in bands of 375 Hz from which it begins to look unlike noise, and from which it
    /// is none [dB]. Stationary Gaussian noise reads 1.5, the sea and a train 2 to 3.6; the quietest frames of a clean
    /// clip, which are ends of words, read 9 to 17.
    /// </summary>
    public const double NoiseScatterDb = 4, SpeechScatterDb = 7;

    /// <summary>Attenuation allowed where the clip was too short for a trustworthy profile [dB].</summary>
    public const double ScarceAttenuationDb = 10;
}
