namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Every constant of the gate: unit, where it comes from, and what it costs to move it. Sources: [M] chosen on
/// mixtures of real speech and real noise; [P] the paper named; [D] follows from another constant or from the framing;
/// [B] a bound on the safe side, at which nothing was fitted. What moving one by a fifth costs is printed by
/// <c>tests/campaigns/gate_constants.py</c>; the figures below are of five mixtures only (SI-SDR, speech distortion,
/// consonants, log-kurtosis ratio and attenuation in pauses, in dB), so differences under 0.1 dB say little. Without
/// figures: less than 0.03 dB in all of them, or not measured.
/// </summary>
internal static class GateConstants
{
    // ---- How far noise is turned down

    /// <summary>
    /// Attenuation at strength 1 [dB]. [M] From 8 to 24 dB the speech-to-distortion ratio falls 2 dB.
    /// </summary>
    // -20 %, +20 %: SI-SDR -0.28, +0.11; speech +0.41, -0.15; consonants +0.15, -0.11;
    // LKR -0.09, +0.10; pauses -1.38, +1.36.
    public const double MaximumAttenuationDb = 24;

    /// <summary>Attenuation where the clip was too short for a trustworthy profile [dB]. [B]</summary>
    public const double ScarceAttenuationDb = 10;

    /// <summary>Speech this far above proven or steady noise passes untouched [dB]. [M] 40 kept the full strength from
    /// its promise at an SNR of 20 dB (18 instead of 24 dB); 55 changed clean clips by 3 dB of LSD.</summary>
    public const double TargetSnrDb = 45;

    /// <summary>The same where what was learnt from is neither [dB]. [M] In clean clips it is ends of words, whose
    /// removal cost 4 to 10 dB of segmental SNR.</summary>
    public const double UnprovenTargetSnrDb = 33;

    /// <summary>How fast the attenuation grows below <see cref="UnprovenTargetSnrDb"/> [dB/dB]. [D] So that strength
    /// 0.6 is had in full below 25.8 dB.</summary>
    public const double UnprovenSlope = 2;

    /// <summary>Scatter of the profile up to which the noise is steady [dB]. [M]</summary>
    public const double SteadyScatterDb = 2;

    /// <summary>The same from which it is not [dB]. [M]</summary>
    public const double UnsteadyScatterDb = 3;

    /// <summary>Scatter of the profile, in bands of 375 Hz, from which it looks less like noise [dB]. [M] Stationary
    /// noise reads 1.5, the sea and a train 2 to 3.6.</summary>
    public const double NoiseScatterDb = 4;

    /// <summary>The same from which it is none [dB]. [M] The quietest frames of clean clips, which are ends of words,
    /// read 5.7 to 17.</summary>
    public const double SpeechScatterDb = 5.8;

    /// <summary>How much more both may read where speech stands little out of the noise [dB]. [M] Up to 12 dB better on
    /// a train; everywhere, it would cost a clean clip 0.6 dB.</summary>
    public const double RestlessScatterDb = 5;

    /// <summary>Speech over noise up to which they may read as much more [dB]. [M]</summary>
    public const double RestlessSnrDb = 21;

    /// <summary>Speech over noise from which they may not [dB]. [M]</summary>
    public const double RestlessUntilSnrDb = 25;

    /// <summary>Lower end of the rumble of engines and streets; below it, DC and infrasound are another matter [Hz].
    /// [D]</summary>
    public const double RumbleLowHz = 30;

    /// <summary>Upper end of the rumble of engines and streets, which no voice reaches [Hz]. [D]</summary>
    public const double RumbleHighHz = 90;

    /// <summary>Up to here rumble has an attenuation of its own, as it belongs to the same noise [Hz]. [M]</summary>
    public const double RumbleFullHz = 90;

    /// <summary>From here on not any more; linear in decibels in between [Hz]. [M]</summary>
    public const double RumbleNoneHz = 200;

    /// <summary>Speech this far above the rumble leaves the rumble as it is [dB]. [M] A bus and a boat read 14 to 24,
    /// clean clips 26 to 98.</summary>
    public const double RumbleTargetSnrDb = 26;

    /// <summary>How fast its attenuation grows below that [dB/dB]. [M]</summary>
    public const double RumbleSlope = 4;

    /// <summary>Attenuation from which the gain takes all it may [dB]; below, depths grow with its square, so that mild
    /// settings are mild to the speech. [D] Strength 0.6.</summary>
    // -20 %, +20 %: SI-SDR +0.00, -0.05; speech +0.00, +0.13.
    public const double FullDb = 14.4;

    /// <summary>How much deeper noise falls between louder partials that mask it [dB]. [M] LSD falls by 0.3 to 0.6 dB,
    /// SI-SDR rises by 0.1 to 0.2 dB.</summary>
    // -20 %, +20 %: speech +0.03, -0.03.
    public const double MaskedDb = 4;

    /// <summary>Half width of the triangle over time by which fricatives are spared from it [s]. [M] Without, what is
    /// left of the noise flutters.</summary>
    public const double SparedSeconds = 0.032;

    // ---- The gain

    /// <summary>Time constant of the decision-directed recursion [s]. [M] Shorter than the usual 0.4 s, because two
    /// directions agree.</summary>
    // -20 %, +20 %: SI-SDR -0.03, +0.02; speech +0.05, -0.04.
    public const double PriorSeconds = 0.25;

    /// <summary>Least a-priori SNR: -25 dB. [P] Cappé, IEEE TSAP 2(2), 1994: -15 to -25 dB.</summary>
    public const float LeastPrior = 0.00316228f;

    /// <summary>Band level over the noise up to which a frame is weak [dB]. [M] A louder frame masks more of the noise
    /// and loses more.</summary>
    // -20 %, +20 %: speech +0.03, -0.03.
    public const float WeakFrameDb = 0;

    /// <summary>Band level over the noise from which a frame is strong [dB]. [M]</summary>
    // -20 %, +20 %: speech +0.03, -0.02.
    public const float StrongFrameDb = 5;

    /// <summary>Share of the a-priori SNR, which has heard the frames on either side, in the estimate of the speech.
    /// [M] Speech +0.3 dB at the same SI-SDR, less musical noise.</summary>
    public const float PriorShare = 0.8f;

    /// <summary>Depth of the gain in strong frames: 0 is √W, which restores power, 1 the Wiener gain W, 2 is W². [M] At
    /// nearly the same SI-SDR, 0.5 instead of 1 keeps 1 dB more of the speech.</summary>
    public const float StrongFrameDepth = 0.4f;

    /// <summary>How much deeper it is where there is much noise that holds still. [M] There SI-SDR gains 0.1 dB for 0.3
    /// dB of the speech; with little noise, it loses.</summary>
    public const float NoisyDepth = 0.9f;

    /// <summary>Share of that where the noise moves. [M] Its level is less well known.</summary>
    public const double MovingNoiseShare = 0.3;

    /// <summary>Speech over noise up to which there is much noise [dB]. [M]</summary>
    public const double MuchNoiseSnrDb = 5;

    /// <summary>Speech over noise from which there is little [dB]. [M]</summary>
    public const double LittleNoiseSnrDb = 20;

    /// <summary>Depth of the gain in weak frames. [M]</summary>
    // -20 %, +20 %: speech +0.03, -0.03.
    public const float WeakFrameDepth = 1.25f;

    /// <summary>Deepest gain: W². [B]</summary>
    public const float DeepestGain = 2;

    /// <summary>Depth gained towards high frequencies without a fricative: mostly noise beside a voice. [M]</summary>
    // -20 %, +20 %: consonants +0.03, -0.01.
    public const float HighDepth = 1;

    /// <summary>Band of fricatives against that of the voice, without the noise, from which it matters [dB]. [M] There
    /// the gain is √W however weak the frame.</summary>
    public const float FricativeFromDb = -10;

    /// <summary>The same from which it matters fully [dB]. [M]</summary>
    public const float FricativeFullDb = -5;

    /// <summary>How far ahead the backward recursion begins [s]. [D] Three of its time constants: -26 dB of what a
    /// longer one would say.</summary>
    public const double LookAheadSeconds = 0.8;

    /// <summary>Blocks that a run in the middle of a clip hears first. [D] 4 s: all but the noise forgets.</summary>
    public const int RunInBlocks = 2;

    // ---- Bands of the voice and of fricatives, whose levels over the noise are compared

    /// <summary>Lowest frequency of a frame [Hz]. [M]</summary>
    public const double FrameLowHz = 100;

    /// <summary>End of the voice [Hz]. [M]</summary>
    public const double VoiceHighHz = 3000;

    /// <summary>Beginning of fricatives [Hz]. [M]</summary>
    public const double FricativeBandHz = 4000;

    /// <summary>End of fricatives and of a frame [Hz]. [M]</summary>
    // -20 %, +20 %: consonants -0.08, +0.01.
    public const double FrameHighHz = 10_000;

    // ---- Presence of speech per cell

    /// <summary>Half width of the kernel in time [s]. [M]</summary>
    // -20 %, +20 %: consonants -0.00, +0.08; LKR -0.02, -0.13; pauses -0.01, +0.04.
    public const double PresenceSeconds = 0.048;

    /// <summary>Half width of the kernel in frequency for voiced speech, whose partials are narrow [Hz]. [M]</summary>
    // -20 %, +20 %: consonants -0.03, +0.03.
    public const double PresenceLowHz = 94;

    /// <summary>Half width of the kernel in frequency for fricatives, which are broad [Hz]. [M]</summary>
    public const double PresenceHighHz = 312;

    /// <summary>Up to here the narrow kernel decides [Hz]. [M]</summary>
    public const double FricativeLowHz = 2500;

    /// <summary>From here on the broad one; linear in between [Hz]. [M]</summary>
    public const double FricativeHighHz = 4500;

    /// <summary>Mean a-posteriori SNR up to which a cell of a weak frame is noise. [M]</summary>
    public const float AbsentBelow = 1.7f;

    /// <summary>Mean a-posteriori SNR from which it is speech. [M]</summary>
    public const float PresentAbove = 2.25f;

    /// <summary>As <see cref="AbsentBelow"/> in strong frames, where speech is likelier everywhere. [M]</summary>
    // -20 %, +20 %: SI-SDR -0.01, -3.52; speech +0.03, +3.76; consonants -0.00, +1.15;
    // LKR -0.00, -0.06; pauses +0.00, -6.59.
    public const float StrongAbsentBelow = 1;

    /// <summary>As <see cref="PresentAbove"/> in strong frames. [M]</summary>
    public const float StrongPresentAbove = 1.4f;

    /// <summary>As <see cref="AbsentBelow"/> for the broad kernel, whose mean scatters less. [M]</summary>
    // -20 %, +20 %: speech +0.00, -0.09; consonants +0.00, -2.28.
    public const float BroadAbsentBelow = 1.35f;

    /// <summary>As <see cref="PresentAbove"/> for the broad kernel. [M]</summary>
    // -20 %, +20 %: speech -0.10, -0.00; consonants -2.40, -0.02.
    public const float BroadPresentAbove = 1.6f;

    // ---- Whether a frame is speech at all

    /// <summary>As <see cref="AbsentBelow"/> for evidence of speech, which must be beyond doubt. [M]</summary>
    // -20 %, +20 %: consonants +0.15, -0.04; LKR +0.19, -0.27; pauses -0.16, +0.04.
    public const float EvidentFrom = 2.3f;

    /// <summary>As <see cref="PresentAbove"/> for evidence of speech. [M]</summary>
    // -20 %, +20 %: consonants +0.16, -0.04; LKR +0.21, -0.27; pauses -0.25, +0.04.
    public const float EvidentAbove = 2.9f;

    /// <summary>Edges of the regions that are looked at for evidence [Hz]. [M]</summary>
    // -20 %, +20 %: SI-SDR -0.00, -0.77; speech +0.04, -0.50; consonants +0.16, +0.11;
    // LKR +0.25, +0.03; pauses -0.47, -1.67.
    public static readonly double[] RegionEdgesHz = [100, 1000, 2500, 5000, 9000];

    /// <summary>How far a region may reach beyond the bandwidth of the source [Hz]. [B]</summary>
    public const double BeyondBandwidthHz = 625;

    /// <summary>Mean a-posteriori SNR of a whole region of fricatives, close to a voice, up to which it is no evidence:
    /// hundreds of cells agree where each is in doubt. [M]</summary>
    public const float FricativeEvidentFrom = 1.1f;

    /// <summary>The same from which it is. [M]</summary>
    public const float FricativeEvidentAbove = 1.25f;

    /// <summary>How much more evidence weighs there. [M] 2 rings in pauses.</summary>
    public const float CloseEvidence = 1.4f;

    /// <summary>How close to a voice that is, ± [s]. [M] Twice as far, consonants gain 0.2 dB more and pauses ring.
    /// </summary>
    public const float FricativeNearSeconds = 0.21f;

    /// <summary>Share of a region that must be evident; twice that counts fully. [M]</summary>
    // -20 %, +20 %: speech +0.03, -0.05; consonants +0.20, -0.15; LKR +0.19, -0.23; pauses -0.16, +0.01.
    public const float FrameEvidence = 0.2f;

    /// <summary>How long a region's presence is averaged, ± [s]. [M]</summary>
    // -20 %, +20 %: consonants +0.05, +0.02; LKR +0.13, -0.15; pauses -0.07, +0.04.
    public const double EvidenceSeconds = 0.080;

    /// <summary>How far speech reaches around its evidence, so that onsets and endings pass, ± [s]. [M]</summary>
    // -20 %, +20 %: consonants -0.17, +0.19.
    public const double HoldSeconds = 0.096;

    /// <summary>Ramp between speech and pause, ± [s]. [M]</summary>
    public const double RampSeconds = 0.048;

    // ---- Where a voice is near

    /// <summary>How far from a voice what stands out can be speech, ± [s]. [M] 0.3 s costs voices that are hard to
    /// tell 0.2 dB of SI-SDR; 0.5 s leaves 0.2 dB more of gusts.</summary>
    public const float NearVoiceSeconds = 0.41f;

    /// <summary>Periodicity from which a frame is voiced. [M] 0.55 leaves 0.5 dB more of gusts, 0.65 costs 0.1 dB of
    /// SI-SDR.</summary>
    public const float NearVoicePeriodicity = 0.6f;

    /// <summary>Share of what stands out that must have voice near it. [B] Speech reads 0.9 to 1, whispering
    /// 0.</summary>
    public const double LeastVoicedShare = 0.4;

    /// <summary>Upper end of the band that is looked at for it [Hz]. [D] <see cref="Dsp.Speech.VoicingDetector"/>.
    /// </summary>
    public const double VoicedBandHz = 1000;

    /// <summary>Most emphasis of high frequencies. [M] A voice under rumble then is voiced; a flat noise would drown
    /// it.</summary>
    public const double MostEmphasis = 0.9;

    /// <summary>Correlation of neighbouring samples of a noise that is flat in the band. [D] 2/π, and a little
    /// more.</summary>
    public const double FlatCorrelation = 0.66;

    /// <summary>The same of one that gets all the emphasis. [M]</summary>
    public const double RumbleCorrelation = 0.9;

    // ---- How far pauses fell

    /// <summary>How far from a voice a pause begins [s]. [M] Consonants lie nearer.</summary>
    public const float PauseSeconds = 0.2f;

    /// <summary>Cells that it takes to tell how far they fell where the noise is proven: 0.64 s; else twice as many.
    /// [M] With three times as many, voices in a cafe and thunder that fell by 2 to 8 dB were said to fall in
    /// full.</summary>
    public const int PauseLeastCells = 20;

    /// <summary>How much less than was wanted is worth a word [dB]. [M] Where pauses fell in full it reads up to 3.7
    /// (voices that are hard to tell); modulated noise 3.3 to 7.4, voices in a cafe and a boat's engine 3.4 to
    /// 7.6.</summary>
    public const double PauseLessDb = 4;

    /// <summary>Share of the cells of the pauses whose power is told; the rest may be breaths and consonants. [B]
    /// </summary>
    public const double PauseQuantile = 0.9;

    /// <summary>Cells of a piece of a pause whose quiet moments are looked at: 0.5 s, at least a quarter of it.
    /// [B]</summary>
    public const int PausePieceCells = 16;

    /// <summary>Share of its cells that are quiet moments. [B]</summary>
    public const double PauseQuietQuantile = 0.2;

    /// <summary>How much less than was wanted the power of pauses falls where noise came later and stayed [dB]. [M]
    /// With the two below: of 68 recordings in which real noise begins half-way 11 more are told, of 430 clean ones
    /// four, a crowd among them. With 5, 14 and eight; with 7, nine and one.</summary>
    public const double PauseLouderDb = 6;

    /// <summary>The same of their quiet moments [dB]. [M] Without, twice as many of the clean ones: breaths.</summary>
    public const double PauseQuietDb = 3;

    /// <summary>What is left of them over the speech, from which it is worth a word [dB]. [M] With -40, 12 and
    /// five.</summary>
    public const double PauseHeardDb = -32;

    /// <summary>How much less than was wanted the quiet moments fall where it is enough that a few pauses were left
    /// loud [dB]. [M] Of the clean ones none, of 300 mixtures three. With 6, two and five.</summary>
    public const double PauseKeptDb = 7;

    /// <summary>What is left of them then, over the speech [dB]. [B]</summary>
    public const double PauseLoudDb = -20;

    // ---- The noise

    /// <summary>Time constant of the tracker [s]. [M] 72 ms, as in the paper, leaks speech: -1 dB of SI-SDR.</summary>
    // -20 %, +20 %: LKR -0.03, +0.02.
    public const double TrackSeconds = 0.6;

    /// <summary>The same where the noise holds still [s]. [M] What seems to rise is speech then.</summary>
    public const double StillTrackSeconds = 2;

    /// <summary>The same from <see cref="FricativeHighHz"/> on [s]. [M] Consonants are broad and last: a faster tracker
    /// takes those that hardly stand out for noise. Longer ones gain 0.05 dB of them and let the pauses ring.</summary>
    public const double StillHighTrackSeconds = 6;

    /// <summary>Mean rise of a proven noise up to which it holds still [dB]. [M] Rain, fans and water read 0 to 1, wind
    /// 4 to 8.</summary>
    public const double StillLiftDb = 1;

    /// <summary>The same from which it moves [dB]. [M]</summary>
    public const double MovingLiftDb = 2.5;

    /// <summary>Time constant of its long-term presence [s]. [P] Gerkmann and Hendriks 2012.</summary>
    public const double TrackPresenceSeconds = 0.152;

    /// <summary>Long-term presence beyond which it got stuck. [P] Gerkmann and Hendriks 2012.</summary>
    // -20 %, +20 %: SI-SDR -0.15, +0.00; speech -0.36, +0.01; consonants -0.10, +0.04; pauses -0.14, +0.00.
    public const float TrackStuck = 0.99f;

    /// <summary>A-priori SNR of speech that it expects. [M] 15 dB in the paper; here cells are means.</summary>
    public const double TrackPrior = 12;

    /// <summary>Share of an unproven profile that the noise has at least. [B]</summary>
    public const float UnprovenShare = 1e-3f;

    /// <summary>Bands in which a rise is looked for, on the mel scale. [D]</summary>
    public const int LiftBands = 32;

    /// <summary>Share of the bands that may stay below a rise. [M] Speech hardly covers nine tenths of them.</summary>
    public const double LiftQuantile = 0.1;

    /// <summary>What the quantile reads on stationary Gaussian noise. [D] Simulated.</summary>
    // -20 %, +20 %: speech -0.04, +0.00.
    public const double LiftOnStationaryNoise = 0.765;

    /// <summary>How far the reading must stand above the profile [dB]. [M]</summary>
    public const double LiftMarginDb = 0.3;

    /// <summary>Most lift of what is no burst [dB]. [M] 30: three voices that stand far out of their noise lose 1.3 to
    /// 4 dB of SI-SDR.</summary>
    public const double MaximumLiftDb = 12;

    /// <summary>The same of a burst [dB]. [B]</summary>
    public const double MaximumBurstDb = 40;

    /// <summary>How long a burst lasts at least [s]. [M] 0.4 costs a voice in wind 0.3 dB of SI-SDR; 0.7 leaves bursts
    /// of 0.7 s as they are.</summary>
    public const double BurstSeconds = 0.5;

    /// <summary>From the least to the median of the readings while it lasts [dB]. [M] 4.5 costs two voices 0.3 dB of
    /// SI-SDR.</summary>
    public const double BurstSpreadDb = 3;

    /// <summary>How long a rise lasts at least; louder syllables are shorter [s]. [M]</summary>
    public const double LiftSeconds = 0.288;

    /// <summary>Raise of the noise per scatter beyond <see cref="CalmScatterDb"/> [dB/dB]. [M] Restless noise is worse
    /// than its mean; stationary noise would cost speech for nothing.</summary>
    // -20 %, +20 %: LKR +0.08, -0.10; pauses -0.04, +0.02.
    public const double BiasPerScatter = 0.6;

    /// <summary>Scatter of calm noise [dB]. [M]</summary>
    // -20 %, +20 %: SI-SDR +0.06, -0.05; speech -0.20, +0.11; consonants -0.09, +0.00;
    // LKR -0.27, +0.20; pauses -0.02, -0.31.
    public const double CalmScatterDb = 2;

    /// <summary>Most raise because of scatter [dB]. [M]</summary>
    public const double MaximumBiasDb = 2;

    /// <summary>Power over the noise from which a cell counts as active: 6 dB. [B]</summary>
    public const double Stands = 4;

    /// <summary>Below the lowest voices there is nothing to keep [Hz]. [M] Wind and traffic lie there.</summary>
    public const double RumbleBelowHz = 80;

    /// <summary>Most raise of the noise there [dB]. [M]</summary>
    public const double RumbleBiasDb = 12;

    /// <summary>SNR there up to which the raise is full [dB]. [M] Fundamentals leak into these bins.</summary>
    public const double RumbleSnrDb = 0;

    /// <summary>SNR there from which nothing is raised [dB]. [M]</summary>
    public const double LeakingSnrDb = 8;

    /// <summary>Active cells that this takes. [B]</summary>
    public const int RumbleLeastCells = 5;

    // ---- Steps of the noise

    /// <summary>Cells whose least is taken at a time. [D] 0.13 s.</summary>
    public const int StepBlockCells = 4;

    /// <summary>Such blocks in a window of minimum statistics. [P] Martin 2001: 1.5 s and more; here 2.6 s.</summary>
    public const int StepWindowBlocks = 20;

    /// <summary>How far some of the bands lie above the profile all the time, read from minima [dB]. [M] The later part
    /// of 68 recordings in which real noise begins half-way gains 4.9 dB with 10 dB in half of the bands, 5.2 so, and
    /// 5.5 with 5 dB in a quarter, which costs wind 0.2 dB of SI-SDR.</summary>
    public const double StepRiseDb = 7;

    /// <summary>More than this share of the bands is some. [M] Engines and streets cover no more than half.</summary>
    public const double StepRisenShare = 0.35;

    /// <summary>How far above the profile the level of their minima counts as risen [dB]. [D] A little less.</summary>
    public const double StepRisenDb = 5;

    /// <summary>How far half of the bands lie beyond the profile where less noise is looked for, or more of one that
    /// the user named [dB]. [D] Beyond <see cref="MaximumLiftDb"/>, read from minima; up to there the lift
    /// follows.</summary>
    public const double StepDb = 10;

    /// <summary>Those half of the bands. [B]</summary>
    public const double StepShare = 0.5;

    /// <summary>How far half of the bands fall below a proven profile where the noise is taken for less [dB].
    /// [B]</summary>
    public const double StepFallDb = 8;

    /// <summary>What a tenth of the minima lies below the mean of noise [dB]. [D] 1 to 3, by the width of the
    /// band.</summary>
    public const double StepMinimumDb = 1.5;

    /// <summary>From a tenth to three tenths of the minima, in the median of the bands that rise, of what lies on one
    /// level [dB]. [M] Noise with speech in it reads 0.8 to 1.5, an hour of speech by the minute 2.8 and more.
    /// </summary>
    public const double StepSpreadDb = 1.8;

    /// <summary>Share of a window that may be voiced. [B] A note that is held is voiced throughout.</summary>
    public const double StepVoicedShare = 0.85;

    // ---- Strokes that last (typewriters)

    /// <summary>Share of the cells, and of the bands, that may stay below what is read. [M] As
    /// <see cref="LiftQuantile"/>.</summary>
    public const double StrokeQuantile = 0.1;

    /// <summary>How far nine tenths of the bands stand out of the reference [dB]. [M]</summary>
    public const float StrokeStandsDb = 12;

    /// <summary>How far they rise at an onset [dB]. Less, as it may fall between two cells. [M] With 12 it hung on
    /// where the cells begin; of 866 clean clips none has strokes with 9.</summary>
    public const float StrokeOnsetDb = 10;

    /// <summary>A cell between two others is on the way up as long as it stays so far below the second [dB].
    /// [B]</summary>
    public const float StrokeRiseDb = 3;

    /// <summary>How far below the mean of loud cells one that is learnt from may lie [dB]. [B]</summary>
    public const double StrokeLeastLevelDb = 20;

    /// <summary>The same for their mean [dB]. [M] Strokes read +2 to -10; breaths -10 to -26.</summary>
    public const double StrokeMeanLevelDb = 14;

    /// <summary>How far from their median spectrum they may lie [dB]. [M]</summary>
    public const double StrokeDistanceDb = 4.5;

    /// <summary>Share of the loud cells without voice that must lie so near to it. [M]</summary>
    public const double StrokeShare = 0.6;

    /// <summary>Least cells to learn from. [B] 0.4 s.</summary>
    public const int StrokeLeastCells = 12;

    /// <summary>Least sudden onsets. [B]</summary>
    public const int StrokeLeastOnsets = 3;

    /// <summary>The same per second. [M] Strokes 0.4 to 1.8; a minute of speech holds up to nine.</summary>
    public const double StrokesPerSecond = 0.25;

    /// <summary>Periodicity from which a frame is voiced. [M]</summary>
    public const float StrokeVoicePeriodicity = 0.6f;

    /// <summary>Quantile of the frames that is the level of the voice. [B]</summary>
    public const double StrokeVoiceQuantile = 0.95;

    /// <summary>Power over that from which a frame can be voiced: -35 dB. [B]</summary>
    public const float StrokeVoicePower = 3e-4f;

    // ---- The guard against harm

    /// <summary>Speech over noise of a frame or band that counts as clear: 10 dB. [B]</summary>
    public const double ClearSpeech = 10;

    /// <summary>Activity of a frame that is watched. [B]</summary>
    public const float HarmActivity = 0.5f;

    /// <summary>Every which frame is watched. [D] Neighbours overlap by three quarters.</summary>
    public const int HarmStep = 2;

    /// <summary>Change of the level of clear speech that is allowed [dB]. [M] At 5 dB it reads -0.1 to -0.6.</summary>
    public const double LeastLevelChangeDb = -1;

    /// <summary>Change of clear fricatives that is allowed [dB]. [M] It reads 0 to -1.2.</summary>
    public const double LeastConsonantChangeDb = -2;

    /// <summary>Clear speech over its change that is allowed [dB]. [M] It reads 12 to 20.</summary>
    public const double LeastDistortionDb = 8;

    /// <summary>Periodicity of a frame that is watched where the user named the noise. [B]</summary>
    public const float VoicePeriodicity = 0.8f;

    /// <summary>Change of their level that is allowed [dB]. [M] At 5 dB SNR the noise in them is worth 1.2.</summary>
    public const double LeastVoiceChangeDb = -2.5;
}
