namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Tenants that tests begin with.</summary>
internal static class TestStates
{
    public const string RoomAndForceInactive = """
        {"users":[
          {"id":"room1","userName":"room@example.com","userType":"Licensed","zoomSimulator":{"room":true}},
          {"id":"forced","userName":"forced@example.com","active":false,"zoomSimulator":{"forceInactive":true}}]}
        """;
}
