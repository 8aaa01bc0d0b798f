using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Tests.Ldap;

public class LdapFilterTests
{
    [Theory]
    [InlineData("(objectClass=*)")]
    [InlineData("(&(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))")]
    [InlineData("(|(mail=*@example.com)(mail=*@example.org))")]
    [InlineData("(memberOf:1.2.840.113556.1.4.1941:=CN=Sales\\2c all,OU=Groups,DC=example,DC=com)")]
    [InlineData("(cn~=Jon)")]
    [InlineData("(whenChanged>=20260101000000.0Z)")]
    [InlineData("(cn=a\\28b\\29)")]
    public void A_filter_is_in_order(string filter) => Assert.Null(LdapFilter.MistakeIn(filter));

    [Theory]
    [InlineData("", "'(' is expected at character 1")]
    [InlineData("mail=*", "'(' is expected at character 1")]
    [InlineData("(mail=*", "the '(' at character 1 is not closed")]
    [InlineData("(mail=*))", "')' stands behind its end")]
    [InlineData("(&)", "joins filters in parentheses, and there is none")]
    [InlineData("(!(a=b)(c=d))", "negates one filter")]
    [InlineData("(&(a=b)c=d)", "'c' stands at character 8 where ')' is expected")]
    [InlineData("(mail)", "a comparison such as (department=Sales) is expected")]
    [InlineData("(mail eq 'x')", "a comparison such as (department=Sales) is expected")]
    [InlineData("(department=R(D))", "write \\28")]
    [InlineData("(department=a\\b)", "two hexadecimal digits")]
    [InlineData("(=x)", "a comparison")]
    public void A_mistake_is_found_with_its_place(string filter, string mistake) =>
        Assert.Contains(mistake, LdapFilter.MistakeIn(filter), System.StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_escaped_is_a_value() =>
        Prop.ForAll<NonNull<string>>(value => LdapFilter.MistakeIn($"(cn={LdapFilter.Escape(value.Get)})") is null).Check(Law.Times(100));
}
