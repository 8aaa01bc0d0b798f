using System;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>A fake account that takes licences away as Zoom does, and what is done with users of it.</summary>
public abstract class WholeUserScene
{
    private protected const string Jill = "jill@example.com";
    private protected FakeZoom Zoom { get; } = new();

    private protected FakeHost Host { get; } = new();

    private protected ZoomScimConnection Connection { get; }

    private protected UserOperations Operations { get; }

    protected WholeUserScene()
    {
        Connection = Wishes.Connection(Zoom);
        Operations = new UserOperations(Connection);
    }

    private protected Task<ChangeResult?> Create(string address, Action<ScimUser>? wish = null) =>
        Operations.CreateAsync(Wishes.For(address, wish), IfExists.Fail, Host, ScimCall.None);

    private protected Task<ChangeResult?> Update(Action<ScimUser> wish, string address = Jill) =>
        Operations.UpdateAsync(Wishes.For(address, wish), Host, ScimCall.None);

    private protected Task<ChangeResult?> Remove(string address = Jill, RemoveAction action = RemoveAction.Disable, string? transferee = null) =>
        Operations.RemoveAsync(Wishes.For(address), action, transferee, Host, ScimCall.None);

    private protected ScimUser Held(string address = Jill) => new(Zoom.Get(address), UserDetail.None);

    private protected string[] Methods => Zoom.Writes.Select(w => w.Method).ToArray();

    private protected void Refuse(string text, Func<ScimObject, bool> whom) => Zoom.Before = sent =>
    {
        if (sent.Body is { } body && whom(body))
        {
            throw FakeZoom.Refusal(409, text);
        }
    };
}
