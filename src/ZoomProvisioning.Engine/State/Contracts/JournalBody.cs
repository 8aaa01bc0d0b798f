using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>A journal's first line: whose it is.</summary>
internal sealed class TitleBody
{
    private const int Newest = 1;

    public int Format { get; set => Formats.Require(field = value, Newest); } = Newest;

    [JsonRequired]
    public string Account { get; set; } = string.Empty;

    [JsonRequired]
    public string Rule { get; set; } = string.Empty;

    /// <summary>The number of the last entry in the parts of past months.</summary>
    public long? Continues { get; set; }

    public string? Prev { get; set; }
}

/// <summary>The members of a journal's line, in their order; the line's own hash follows. Each is a window onto the entry's own.</summary>
internal sealed class EntryBody
{
    private const string Password = "password";

    [JsonIgnore]
    public JournalEntry Of { get; set; } = new(JournalKind.RunStarted);

    [JsonRequired]
    public long Number { get => Of.Number; set => Of = Of with { Number = value }; }

    public DateTimeOffset At { get => Of.At; set => Of = Of with { At = value }; }

    [JsonRequired]
    public JournalKind Kind { get => Of.Kind; set => Of = Of with { Kind = value }; }

    public string RunId { get => Of.RunId; set => Of = Of with { RunId = value }; }

    public string? Actor { get => Of.Actor; set => Of = Of with { Actor = value }; }

    public string? Command { get => Of.Command; set => Of = Of with { Command = value }; }

    public string? PlanId { get => Of.PlanId; set => Of = Of with { PlanId = value }; }

    public long? Answers { get => Of.Answers; set => Of = Of with { Answers = value }; }

    public PlanAction? Action { get => Of.Action; set => Of = Of with { Action = value }; }

    public WriteKind? Request { get => Of.Request; set => Of = Of with { Request = value }; }

    public ChangeOutcome? Outcome { get => Of.Outcome; set => Of = Of with { Outcome = value }; }

    public string? UserName { get => Of.UserName; set => Of = Of with { UserName = value }; }

    public string? ZoomId { get => Of.ZoomId; set => Of = Of with { ZoomId = value }; }

    public string? Anchor { get => Of.Anchor; set => Of = Of with { Anchor = value }; }

    public LedgerOrigin? Origin { get => Of.Origin; set => Of = Of with { Origin = value }; }

    public bool? IsRemoval { get => Of.IsRemoval; set => Of = Of with { IsRemoval = value }; }

    public string? GroupId { get => Of.GroupId; set => Of = Of with { GroupId = value }; }

    public string? GroupName { get => Of.GroupName; set => Of = Of with { GroupName = value }; }

    /// <summary>An empty list is not the same as none here.</summary>
    public IReadOnlyList<string>? Members { get => Of.Members; set => Of = Of with { Members = value }; }

    public string? LeftUnder { get => Of.LeftUnder; set => Of = Of with { LeftUnder = value }; }

    public IReadOnlyList<string>? Kinds { get => Of.Kinds; set => Of = Of with { Kinds = value }; }

    public IReadOnlyList<string>? Properties { get => Of.Properties; set => Of = Of with { Properties = value }; }

    public string? ErrorId { get => Of.ErrorId; set => Of = Of with { ErrorId = value }; }

    public string? Message { get => Of.Message; set => Of = Of with { Message = value }; }

    public string? TrackingId { get => Of.TrackingId; set => Of = Of with { TrackingId = value }; }

    public int? SourceCount { get => Of.SourceCount; set => Of = Of with { SourceCount = value }; }

    public string? Summary { get => Of.Summary; set => Of = Of with { Summary = value }; }

    public IReadOnlyDictionary<string, int>? Counts { get => Of.Counts; set => Of = Of with { Counts = value }; }

    public string? Ended { get => Of.Ended; set => Of = Of with { Ended = value }; }

    public string? Undoes { get => Of.Undoes; set => Of = Of with { Undoes = value }; }

    public bool? IsSavedPlan { get => Of.IsSavedPlan; set => Of = Of with { IsSavedPlan = value }; }

    public bool? DoubtsState { get => Of.DoubtsState; set => Of = Of with { DoubtsState = value }; }

    public bool? Resumes { get => Of.Resumes; set => Of = Of with { Resumes = value }; }

    public bool? WentWell { get => Of.WentWell; set => Of = Of with { WentWell = value }; }

    public int? StillUndone { get => Of.StillUndone; set => Of = Of with { StillUndone = value }; }

    public string? LedgerHash { get => Of.LedgerHash; set => Of = Of with { LedgerHash = value }; }

    public ScimObject? Body { get => WithoutPassword(Of.Body); set => Of = Of with { Body = value }; }

    public ScimObject? Before { get => WithoutPassword(Of.Before); set => Of = Of with { Before = value }; }

    public UserDetail? BeforeDetail { get => Of.BeforeDetail; set => Of = Of with { BeforeDetail = value }; }

    public ScimObject? After { get => WithoutPassword(Of.After); set => Of = Of with { After = value }; }

    public string? Prev { get; set; }

    /// <summary>This module sends no passwords, but a resource made by a script may hold one, and Zoom may echo it.</summary>
    private static ScimObject? WithoutPassword(ScimObject? resource)
    {
        if (resource?.Has(Password) != true)
        {
            return resource;
        }

        var copy = resource.DeepCopy();
        copy[Password] = "(hidden)";
        return copy;
    }
}
