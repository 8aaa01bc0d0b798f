using Xunit;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Tests.Ldap;

public class DistinguishedNameTests
{
    [Theory]
    [InlineData("CN=Ana Ruiz,OU=Staff,DC=example,DC=com", "cn=ana ruiz, ou=staff, dc=example, dc=com")]
    [InlineData("CN=Ruiz\\, Ana,DC=x", "cn=Ruiz\\2C Ana,dc=x")]
    [InlineData("CN=Müller,DC=x", "CN=M\\C3\\BCller,DC=x")]
    [InlineData("CN = Ana ,DC = x", "CN=Ana,DC=x")]
    [InlineData("CN=a;DC=x", "CN=a,DC=x")]
    [InlineData("CN=a\\=b,DC=x", "CN=a\\3Db,DC=x")]
    [InlineData("CN=\\#1,DC=x", "CN=\\231,DC=x")]
    public void One_entry_has_one_key(string left, string right) => Assert.Equal(DistinguishedName.KeyOf(left), DistinguishedName.KeyOf(right));

    [Theory]
    [InlineData("CN=Ruiz\\, Ana,DC=x", "CN=Ruiz,CN=Ana,DC=x")]
    [InlineData("CN=a,DC=x", "CN=a,DC=y")]
    [InlineData("CN=a+SN=b,DC=x", "CN=a,SN=b,DC=x")]
    [InlineData("CN=a\\ ,DC=x", "CN=a,DC=x")]
    public void Two_entries_have_two(string left, string right) => Assert.NotEqual(DistinguishedName.KeyOf(left), DistinguishedName.KeyOf(right));

    [Theory]
    [InlineData("OU=Staff,DC=example,DC=com", true)]
    [InlineData("uid=ana", true)]
    [InlineData("2.5.4.3=Ana", true)]
    [InlineData("Sales", false)]
    [InlineData("=x", false)]
    [InlineData("a/b=c", false)]
    public void A_name_is_told_from_other_texts(string text, bool isName) => Assert.Equal(isName, DistinguishedName.IsOne(text));

    [Theory]
    [InlineData("CN=a,OU=b,DC=x", "ou=B, dc=x", true)]
    [InlineData("OU=b,DC=x", "OU=b,DC=x", true)]
    [InlineData("OU=bb,DC=x", "OU=b,DC=x", false)]
    [InlineData("CN=xOU=b,DC=x", "OU=b,DC=x", false)]
    [InlineData("CN=a", "", true)]
    public void Below_is_below(string name, string ancestor, bool isBelow) => Assert.Equal(isBelow, DistinguishedName.IsBelow(name, ancestor));
}
