"""The order of the rules. Each group goes over the whole code before the next one starts."""

from __future__ import annotations

from training.convert.code import Rule
from training.convert.rules import (
    axes,
    camera,
    config,
    fades,
    graphscene,
    imports,
    indications,
    names,
    pieces,
    play,
    scenes,
    shapes,
    sizes,
    styles,
    tex,
)

# Settings become attributes before anything reads them.
STRUCTURE: tuple[type[Rule], ...] = (
    config.DigestedConfig, config.ConstructorCalls, config.DrawnPoints, config.LeftConfig, scenes.Tools, scenes.Sounds,
    scenes.Light, scenes.Continual, scenes.StaticMethods, scenes.NoEqual, shapes.ManyValues,
)  # fmt: skip
SETTINGS: tuple[type[Rule], ...] = (config.SceneConfig, config.ObjectConfig)
# Formulas are told apart by ManimGL's names for them, so they come before the names.
FORMULAS: tuple[tuple[type[Rule], ...], ...] = (
    (tex.TexKeywords,),
    (tex.OldParts, pieces.GlyphsOfOneString, pieces.WordsOfText),
    (tex.IsolateParts,),
    (tex.PartsByText, pieces.ChangingNumbers),
    (tex.LostColours,),
)
# What `play` is given, and positions that ManimGL reads in its own order.
ARGUMENTS: tuple[type[Rule], ...] = (
    play.MethodInPlay, play.BareAnimation, play.ChainedMethods, play.ListedMethods, fades.MappedAnimations,
    fades.LaggedMap,
)  # fmt: skip
PLACES: tuple[type[Rule], ...] = (shapes.Positions, play.AppliedMethod, play.AnimationArguments)
GRAPH_SCENES: tuple[tuple[type[Rule], ...], ...] = (
    (graphscene.GraphSceneMethods, graphscene.GraphSceneAxes),
    (graphscene.GraphSceneBase,),
)
CALLS: tuple[type[Rule], ...] = (
    fades.FadeScale, fades.FadeShift, fades.FadeFrom, fades.FadePoint, fades.FadeLarge, fades.VFade, fades.Shimmer,
    indications.Around, indications.CircleAround, indications.FlashBelow, indications.PassingFlash,
    indications.CreateThenFade,
    indications.CountIn, indications.Flashes, indications.WholeStrings, indications.TurnedAnimations,
    names.NoRateFunction, names.OldAnimationKeywords, names.SmallFunctions, names.GetHex, play.RestoreInPlay,
    play.WaitNote,
    axes.OldRadius, axes.OldRanges, axes.AxisKeywords, axes.AxisLengths, axes.FreeGraphs, axes.VectorFields,
    shapes.ArrowKeywords, shapes.DotsOfOneSize, shapes.OpenLines, shapes.FullScreen, shapes.Marks, shapes.AlignedText,
    shapes.Matrices, shapes.MatrixParts, shapes.Bars, shapes.Integers, shapes.ShapeKeywords, scenes.SceneMethods,
)  # fmt: skip
# Frames are recognised by their names, which change after this.
FRAMES: tuple[tuple[type[Rule], ...], ...] = (
    (camera.SceneBase,),
    (camera.FixedInFrame, camera.FramePart, camera.FlatReorient, camera.DeepOrientation, camera.OldCamera),
    (camera.FrameNames,),
)
METHODS: tuple[type[Rule], ...] = (
    axes.GraphParts, axes.Graphs, axes.AddedNumbers, axes.Coordinates,
    sizes.SetSize, sizes.GetSize, sizes.MostSize, sizes.SetShape, sizes.MovedMethods, sizes.ScaleAbout, sizes.GetPoints,
    sizes.Copies, sizes.Grid, sizes.Submobjects, sizes.MovedTo, sizes.Become, styles.Backstroke, styles.StrokeKeywords,
    styles.ColourAndOpacity, styles.Finish, styles.FinishKeywords, styles.Updaters, styles.FollowFunctions,
    styles.Redrawn, styles.HandedMethods,
)  # fmt: skip
TIMES: tuple[type[Rule], ...] = (play.TimeSpan,)
NAMES: tuple[type[Rule], ...] = (
    names.FormulaNames, names.CreationNames, names.FrameConstants, names.Constants, names.Colours, names.OverShoot,
    names.LocalName,
)  # fmt: skip
LAST: tuple[type[Rule], ...] = (shapes.Solids,)
HEAD: tuple[type[Rule], ...] = (imports.Imports,)

ORDER: tuple[tuple[type[Rule], ...], ...] = (
    STRUCTURE, SETTINGS, *FORMULAS, ARGUMENTS, PLACES, *GRAPH_SCENES, CALLS, *FRAMES, METHODS, TIMES, NAMES, LAST, HEAD,
)  # fmt: skip


def rules() -> tuple[type[Rule], ...]:
    """Every rule, in order."""
    return tuple(rule for group in ORDER for rule in group)
