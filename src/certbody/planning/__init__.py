"""Planning an audit: programme, team, plan. ISO/IEC 17065:2012, 6.1, 7.4.1; ISO 19011 for terms."""
