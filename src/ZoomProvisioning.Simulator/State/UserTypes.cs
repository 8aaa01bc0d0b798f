using System;

namespace ZoomProvisioning.Simulator.State;

/// <summary>The four user types of today (fact sheet 3.3).</summary>
internal static class UserTypes
{
    public const string Collaboration = "Collaboration";
    public const string Basic = "Basic";
    public const string Licensed = "Licensed";
    public const string OnPrem = "On-Prem";

    public static bool Knows(string type) => Array.IndexOf([Collaboration, Basic, Licensed, OnPrem], type) >= 0;

    public static bool IsPaid(string type) => type is Licensed or OnPrem;
}
