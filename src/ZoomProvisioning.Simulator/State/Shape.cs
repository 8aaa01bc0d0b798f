namespace ZoomProvisioning.Simulator.State;

/// <summary>Which reply a user is written into: each leaves out other attributes (fact sheet 2.4).</summary>
internal enum Shape
{
    List,
    Get,
    Post,
    Put,
    Patch,

    /// <summary>Not a reply: the saved state, which holds everything.</summary>
    State,
}
