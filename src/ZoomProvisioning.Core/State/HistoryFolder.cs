using System;
using System.IO;
using System.Linq;

namespace ZoomProvisioning.State;

/// <summary>The folder a history is read from: of one journal, or of an account with the journals of all its rules.</summary>
internal static class HistoryFolder
{
    /// <summary>A path that is such a folder itself; null when it is none, and may be the root of several accounts.</summary>
    public static string? Named(IStateFactory states, string? path) =>
        path is not null && (states.IsRuleFolder(path) || (Directory.Exists(path) && Directory.EnumerateDirectories(path).Any(states.IsRuleFolder)))
            ? path
            : null;

    /// <summary>Opens the journals in a folder.</summary>
    /// <param name="states">Reads them.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="onUnreadable">Takes a journal that cannot be read; the others are read all the same.</param>
    public static AccountHistory Open(IStateFactory states, string folder, Action<JournalPlace, ScimStateException> onUnreadable) =>
        states.IsRuleFolder(folder) ? AccountHistory.OfJournal(states, folder, onUnreadable) : AccountHistory.Of(states, folder, onUnreadable);

    /// <summary>What to say of a folder in which there is no journal: nothing would look like a history without a mistake in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isRule">Whether it was asked for as the folder of one rule.</param>
    public static ScimStateException Empty(string folder, bool isRule) => new(
        "Zoom.History.None",
        $"There is no history in '{folder}': "
            + $"{(isRule ? "the rule was never run for this account" : "nothing was changed in this account from here")}, or its history was moved.")
    {
        Category = "ObjectNotFound",
        RecommendedAction = "Look at the rule's name, the connection and -StatePath. What a removed rule kept is in the folder 'archive' beside it.",
    };
}
