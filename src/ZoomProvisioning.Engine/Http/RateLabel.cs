namespace ZoomProvisioning.Engine.Http;

/// <summary>Zoom's rate-limit label of an operation (https://developers.zoom.us/docs/api/rate-limits/). SCIM2 has these two.</summary>
internal enum RateLabel
{
    /// <summary>Users: everything but the list. Groups: a read by id.</summary>
    Light,

    /// <summary>Users: the list. Groups: everything else.</summary>
    Medium,
}
